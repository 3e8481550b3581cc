import { html, nothing } from '../lit.js';
import { get } from '../api.js';
import { Reading, shown } from '../reading.js';
import { at } from '../router.js';
import { isOver } from '../model/scans.js';
import { inventoryState, keyState } from '../ui/collectors.js';
import { empty } from '../ui/parts.js';
import { consentStep, permissionStep } from '../ui/consent.js';
import { latestScan, startButtons } from '../ui/scan-parts.js';
import { registration } from '../ui/registration.js';
import { nameOf, tenantReading } from '../tenant.js';

/** A tenant from nothing to its first report, in six steps; one that is registered goes on where it stands. */
export function register({ tenant }) {
  const every = path => new Reading(() => get(`tenants/${tenant}/${path}`).then(page => page.items), { every: 5_000 });
  const about = tenant ? tenantReading(tenant) : null;
  const collectors = tenant ? every('collectors') : null;
  const inventories = tenant ? every('inventories') : null;
  const scans = tenant ? every('scans?top=1') : null;
  const consent = tenant ? new Reading(() => get(`tenants/${tenant}/consent`)) : null;
  const preflight = tenant ? new Reading(() => get(`tenants/${tenant}/preflight`)) : null;

  const granted = () => consent.value?.applications.every(a => !a.signInProblem && a.permissions.every(p => p.state === 'granted')) ?? false;
  const keyed = () => collectors.value?.length > 0 && collectors.value.every(c => c.keyIssuedAt || inventories.value?.find(i => i.collectorId === c.collectorId)?.accepted);
  const fresh = () => inventories.value?.length > 0 && inventories.value.every(i => i.accepted && i.fresh);
  const scanned = () => scans.value?.some(isOver) ?? false;

  /** The first step that is not done is the one to do now. */
  function steps() {
    const done = tenant ? [true, granted(), granted(), keyed(), fresh(), scanned()] : [false, false, false, false, false, false];
    const now = done.indexOf(false);
    const step = (i, title, body) => html`
      <li class=${done[i] ? 'done' : i === now ? 'now' : ''} aria-current=${i === now ? 'step' : nothing}>
        <span class="number" aria-hidden="true">${done[i] ? '✓' : i + 1}</span>
        <section aria-labelledby="step-${i}" class="stack">
          <h2 id="step-${i}">${i + 1}. ${title} ${done[i] ? html`<span class="unseen">(done)</span>` : nothing}</h2>
          ${tenant || i === 0 ? body() : html`<p class="soft">Comes after the step before.</p>`}
        </section>
      </li>`;

    return html`<ol class="steps">
      ${step(0, 'Name the tenant and its forests', () => tenant
        ? html`<p>${nameOf(tenant)} is registered in report mode until you say otherwise. <a href=${at('tenants', tenant, 'settings')}>Its settings</a></p>`
        : registration())}
      ${step(1, 'Have the tenant consent', () => consentStep(consent))}
      ${step(2, 'Check the permissions', () => permissionStep(consent, preflight))}
      ${step(3, 'Make each collector a key', () => shown(collectors, items => items.length === 0
        ? empty('No collector is expected', 'Name one for each AD forest in the settings.', html`<a href=${at('tenants', tenant, 'settings')}>Settings</a>`)
        : html`<ul class="cards">${items.map(c => html`<li class="card"><h3>${c.collectorId}</h3>${keyState(tenant, c, collectors)}</li>`)}</ul>`))}
      ${step(4, 'Receive the first inventory', () => html`
        <p>Install the collector on a machine that reaches the forest, with its key. It hands in the inventory by itself; this page sees it within seconds.</p>
        ${shown(inventories, items => items.map(i => html`<div class="stack"><h3>${i.collectorId}</h3>${inventoryState(i)}</div>`))}`)}
      ${step(5, 'Read the first report', () => html`
        ${shown(scans, items => html`
          ${about.value ? html`<div class="buttons">${startButtons(about.value, scans)}</div>` : nothing}
          ${items.length ? latestScan(items[0], scans) : html`<p class="soft">A scan changes nothing. It takes a minute for most tenants.</p>`}
          ${items.some(isOver) ? html`<p><a class="button primary" href=${at('tenants', tenant, 'findings')}>See the findings</a></p>
            <p>When the report convinces you, set the mode to propose in the <a href=${at('tenants', tenant, 'settings')}>settings</a>.</p>` : nothing}`)}`)}
    </ol>`;
  }

  return {
    get title() { return tenant ? `Set up ${nameOf(tenant)}` : 'Register a tenant'; },
    lead: 'Six steps from nothing to the first report. Nothing is written to the tenant.',
    tenant,
    area: tenant ? 'settings' : 'administration',
    body: () => html`<div class="panel">${steps()}</div>`,
    close() {
      for (const reading of [collectors, inventories, scans, consent, preflight]) reading?.close();
    },
  };
}
