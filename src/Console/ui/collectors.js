import { html, nothing } from '../lit.js';
import { post, remove } from '../api.js';
import { announce, update } from '../page.js';
import { shown } from '../reading.js';
import { copy } from './clipboard.js';
import { ask, tell } from './dialog.js';
import { action, badge, empty, facts, notice } from './parts.js';
import { since, time } from './time.js';

const fresh = new Map();
let busy = null;

/** A tenant's collectors: their inventories and their keys. */
export const collectorsPanel = (tenant, collectors, inventories) => html`
  <section class="panel" aria-labelledby="collectors">
    <h2 id="collectors">Collectors and inventories</h2>
    ${shown(collectors, items => items.length === 0 ? empty('No collector is expected', 'Name one for each AD forest, above. Without an inventory nothing is ever proposed.') : html`
      <ul class="cards">${items.map(collector => html`
        <li class="card">
          <h3>${collector.collectorId}</h3>
          ${inventoryState(inventories.value?.find(i => i.collectorId === collector.collectorId))}
          ${keyState(tenant, collector, collectors)}
        </li>`)}</ul>`)}
  </section>`;

/** Whether an inventory is in force and fresh, and why uploads were turned away. */
export const inventoryState = inventory => !inventory ? nothing : html`
  <div class="badges">${!inventory.accepted ? badge('warn', 'No inventory yet') : inventory.fresh ? badge('good', 'Fresh inventory') : badge('warn', 'Inventory too old')}
    ${inventory.deletedRead === false ? badge('warn', 'Deleted accounts not read') : nothing}</div>
  ${inventory.accepted ? facts([
    ['Forest', inventory.forest], ['Taken', since(inventory.takenAt)], ['Accounts', inventory.count?.toLocaleString('en')],
    ['With an anchor', inventory.anchored?.toLocaleString('en')], ['Deleted', inventory.deleted?.toLocaleString('en')],
  ]) : nothing}
  ${inventory.refusals.length ? html`<details><summary>Uploads that were turned away (${inventory.refusals.length})</summary>
    <ul>${inventory.refusals.map(refusal => html`<li>${time(refusal.receivedAt)}: ${refusal.problems.join(' ')}</li>`)}</ul></details>` : nothing}`;

/** A collector's key: made here, shown once, replaced or revoked. */
export function keyState(tenant, collector, collectors) {
  const id = collector.collectorId;
  const shownKey = fresh.get(`${tenant}/${id}`);

  return html`
    ${facts([
      ['Key', collector.keyIssuedAt ? html`made ${since(collector.keyIssuedAt)} by ${collector.keyIssuedBy.name}` : collector.revocation ? html`revoked ${since(collector.revocation.revokedAt)}` : 'none yet'],
      ['Taken up', collector.keyTakenUpAt ? since(collector.keyTakenUpAt) : null],
      ['The key before works until', collector.previousKeyUntil ? time(collector.previousKeyUntil) : null],
      ['Last used', collector.lastUsedAt ? since(collector.lastUsedAt) : null],
    ])}
    ${shownKey ? notice('good', html`
      <p><strong>This key is shown once.</strong> Put it into the collector's settings now; only its hash is kept.</p>
      <p class="key value">${shownKey}</p>
      <div class="buttons"><button type="button" @click=${() => copy(shownKey)}>Copy the key</button>
        <button type="button" @click=${() => { fresh.delete(`${tenant}/${id}`); update(); }}>I have it, hide it</button></div>`) : nothing}
    <div class="buttons">
      ${action(collector.keyIssuedAt ? 'Replace the key' : 'Make a key', { roles: ['Administer'], busy: busy === id, click: () => issue(tenant, collector, collectors) })}
      ${collector.keyIssuedAt ? action('Revoke the keys …', { roles: ['Administer'], kind: 'danger', click: () => ask({
        title: `Revoke the keys of ${id}?`,
        text: html`<p>Old and new stop working at once. The collector hands in nothing until it has a new one.</p>`,
        confirm: 'Revoke the keys',
        kind: 'danger',
        submit: async reason => { await remove(`tenants/${tenant}/collectors/${id}/key`, { reason }); await collectors.again(); },
        done: 'The keys are revoked.',
      }) }) : nothing}
    </div>`;
}

async function issue(tenant, { collectorId }, collectors) {
  busy = collectorId;
  update();

  try {
    fresh.set(`${tenant}/${collectorId}`, (await post(`tenants/${tenant}/collectors/${collectorId}/key`)).key);
    announce('The key is made and shown once.');
    await collectors.again();
  } catch (error) {
    tell('The key was not made', error.message);
  }

  busy = null;
  update();
}
