import { html, nothing, repeat } from '../lit.js';
import { get } from '../api.js';
import { update } from '../page.js';
import { Reading, shown } from '../reading.js';
import { at } from '../router.js';
import { attention, byAttention, isUnread } from '../model/attention.js';
import { inOrder, needsPerson } from '../model/classes.js';
import { isOver, isWhole } from '../model/scans.js';
import { badge, empty } from '../ui/parts.js';
import { countBadges } from '../ui/proposal-parts.js';
import { since } from '../ui/time.js';
import { count, words } from '../ui/words.js';

const labels = { bad: 'Needs you now', warn: 'Needs attention', info: 'Waits for a decision', good: 'Nothing to do' };

/** Every tenant in the caller's scope, those that need somebody first. */
export function overview() {
  const reading = new Reading(() => get('overview'), { every: 30_000 });
  let search = '';
  let level = '';

  const card = tenant => {
    const { level: kind, reasons } = attention(tenant);
    const { lastScan, inventories, proposalsWaiting } = tenant;
    const whole = lastScan !== null && isWhole(lastScan);
    const link = section => at('tenants', tenant.tenantId, section);

    return html`
      <li class="card tenant ${kind}">
        <header><h2><a href=${link('findings')}>${tenant.displayName}</a></h2>
          <span class="badges">${badge(kind, labels[kind])}${tenant.mode === 'report' ? badge('quiet', 'Report only') : nothing}</span></header>
        <div class="prose">${reasons.map((reason, i) => i === 0 ? html`<p><strong>${reason}</strong></p>` : html`<p>${reason}</p>`)}</div>
        <dl class="sums">
          <div><dt>${proposalsWaiting === 1 ? 'proposal waits' : 'proposals wait'}</dt><dd>${proposalsWaiting ? html`<a href=${link('review')}>${proposalsWaiting}</a>` : proposalsWaiting ?? 'unknown'}</dd></div>
          <div><dt>candidates</dt><dd>${figure(lastScan?.counts.Candidate ?? 0, whole)}</dd></div>
          <div><dt>other findings that need a person</dt><dd>${figure(sum(inOrder(lastScan?.counts ?? {}).filter(([name]) => needsPerson(name))), whole)}</dd></div>
        </dl>
        <div class="stack">
        <p class="soft">
          ${scanLine(tenant)}
          ${inventories?.filter(i => i.accepted).map(i => html`Inventory ${i.collectorId} from ${since(i.takenAt)}. `)}
          ${trailLine(tenant)}
        </p>
        ${lastScan && Object.keys(lastScan.counts).length ? html`<details><summary>Findings by class${whole ? '' : ', so far'}</summary>
          ${countBadges(tenant.tenantId, lastScan.counts)}</details>` : nothing}
        </div>
      </li>`;
  };

  return {
    title: 'Overview',
    lead: 'Every tenant that you look after, those that need somebody first.',
    area: 'overview',
    body: () => shown(reading, ({ items }) => {
      if (items.length === 0) {
        return empty('No tenant to see', 'No tenant is registered, or you have access to none. An administrator gives access.',
          html`<a class="button" href=${at('administration', 'register')}>Register a tenant</a>`);
      }

      const wanted = search.trim().toLowerCase();
      const visible = items.filter(t => (!wanted || `${t.displayName} ${t.tenantId}`.toLowerCase().includes(wanted)) && (!level || attention(t).level === level)).toSorted(byAttention);
      const waiting = items.reduce((n, t) => n + (t.proposalsWaiting ?? 0), 0);
      const allRead = items.every(t => t.proposalsWaiting !== null);
      const needing = items.filter(t => ['bad', 'warn'].includes(attention(t).level)).length;

      return html`
        <dl class="sums">
          <div><dt>${items.length === 1 ? 'tenant' : 'tenants'}</dt><dd>${items.length}</dd></div>
          <div><dt>in need of attention</dt><dd>${needing}</dd></div>
          <div><dt>${waiting === 1 ? 'proposal waits' : 'proposals wait'}</dt><dd>${figure(waiting, allRead)}</dd></div>
        </dl>
        ${items.length > 3 ? html`<form class="filters" role="search" aria-label="Tenants" @submit=${event => event.preventDefault()}>
          <label class="field wide"><span>Search</span><input type="search" placeholder="Name or id" .value=${search} @input=${event => { search = event.target.value; update(); }}></label>
          <label class="field"><span>State</span><select @change=${event => { level = event.target.value; update(); }}>
            <option value="">All</option>${Object.entries(labels).map(([name, label]) => html`<option value=${name}>${label}</option>`)}</select></label>
          <p class="soft">${count(visible.length, 'tenant')}</p></form>` : nothing}
        ${visible.length ? html`<ul class="cards" aria-label="Tenants">${repeat(visible, t => t.tenantId, card)}</ul>` : empty('No tenant fits', 'Search for something else.')}`;
    }),
    close: () => reading.close(),
  };
}

function scanLine(tenant) {
  const scan = tenant.lastScan;
  if (scan === null) return isUnread(tenant, 'lastScan') ? 'Its last scan is unknown.' : 'Never scanned.';
  return isOver(scan) ? html`Last scan ${since(scan.endedAt)}, ${words(scan.status).toLowerCase()}.` : html`A scan is ${scan.status}, asked for ${since(scan.queuedAt)}.`;
}

function trailLine(tenant) {
  const check = tenant.trailCheck;
  if (check === null) return isUnread(tenant, 'trailCheck') ? 'Whether its trail is intact is unknown.' : 'Trail not verified yet.';
  return html`Trail ${check.intact ? 'intact' : 'not intact'}, verified ${since(check.at)}.`;
}

/** A number of which more may be is not all, and none so far is not none. */
const figure = (n, all) => all ? n : n > 0 ? `at least ${n}` : 'unknown';

const sum = entries => entries.reduce((total, [, n]) => total + n, 0);
