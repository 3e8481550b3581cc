import { html, nothing } from '../lit.js';
import { download, get } from '../api.js';
import { announce, update } from '../page.js';
import { Reading, shown } from '../reading.js';
import { at, keepInAddress } from '../router.js';
import { eventKind, eventLabel, eventTypes } from '../model/events.js';
import { session } from '../session/session.js';
import { tell } from '../ui/dialog.js';
import { action, badge, empty } from '../ui/parts.js';
import { Table } from '../ui/table.js';
import { time } from '../ui/time.js';
import { verificationPanel } from '../ui/verification.js';
import { nameOf } from '../tenant.js';

const PageSize = 200;

/** Who did what: of one tenant, or of what belongs to none. */
export function audit({ tenant: given, query }) {
  const seesAll = session.me.tenants.includes('*');
  const tenants = given ? null : new Reading(() => get('tenants').then(page => page.items));
  let tenant = given ?? query.get('tenant') ?? '';
  const filter = Object.fromEntries(['user', 'type', 'actor', 'from', 'to'].map(name => [name, query.get(name) ?? '']));
  let listed = null;

  const base = () => tenant ? `tenants/${tenant}/audit` : 'audit';

  /** One search: what was asked when it began, whatever the fields say since, and what has come of it. */
  function searchFor(of, fields) {
    const search = { tenant: of, next: null, busy: false };

    /** The API knows users by their object id; a name is looked up first. */
    search.address = async extra => {
      if (fields.user && !isId(fields.user) && of) fields.user = (await get(`tenants/${of}/users/${encodeURIComponent(fields.user)}/diagnosis`)).userId;
      const asked = new URLSearchParams(Object.entries({ ...fields, ...extra, from: utc(fields.from), to: utc(fields.to) }).filter(([, value]) => value));
      return `${of ? `tenants/${of}/audit` : 'audit'}?${asked}`;
    };

    search.reading = new Reading(async () => {
      const page = await get(await search.address({ top: PageSize }));
      search.next = page.next;
      if (search === listed) announce(`${page.items.length}${page.next ? ' or more' : ''} events.`);
      return page.items;
    });
    return search;
  }

  function look() {
    listed?.reading.close();
    listed = tenant || seesAll ? searchFor(tenant, { ...filter }) : null;
    keepInAddress({ ...filter, ...(given ? {} : { tenant }) });
    update();
  }

  async function more(search) {
    if (search.busy) return;
    search.busy = true;

    try {
      const page = await get(await search.address({ top: PageSize, next: search.next }));
      search.reading.value = [...search.reading.value, ...page.items];
      search.next = page.next;
      if (search === listed) announce(`${search.reading.value.length} events are shown.`);
    } catch (error) {
      if (search === listed) tell('No more events could be read', error.message);
    }

    search.busy = false;
    update();
  }

  async function exportAs(format) {
    try {
      await download(await listed.address({ format }), `audit-${listed.tenant || 'installation'}.${format}`);
      announce('The export is downloaded.');
    } catch (error) {
      tell('The export could not be made', error.message);
    }
  }

  const table = new Table({
    caption: 'Audit events, newest first',
    key: event => event.eventId,
    columns: [
      { label: 'Time', narrow: true, by: e => e.at, cell: e => time(e.at) },
      { label: 'Event', main: true, by: e => e.type, cell: e => html`${badge(eventKind(e.type), eventLabel(e.type))}<small>${e.type}</small>` },
      { label: 'Who', by: e => e.actor.name, cell: e => html`<button class="plain" title="Only what ${e.actor.name} did" @click=${() => { filter.actor = e.actor.id; look(); }}>${e.actor.name}</button>
        <small>${e.actor.kind}, recognised by ${e.actor.authenticatedBy}</small>` },
      { label: 'About', cell: e => html`
        ${e.userId ? html`<a href="${at('tenants', e.tenantId, 'audit')}?user=${e.userId}" class="value">User ${e.userId}</a>` : nothing}
        ${e.proposalId ? html`<div><a href=${at('tenants', e.tenantId, 'outcomes', e.proposalId)}>The proposal</a></div>` : nothing}
        ${!e.userId && e.scanId ? `Scan ${e.scanId}` : nothing}` },
      { label: 'Why, and details', cell: e => html`${e.reason ?? nothing}
        <details><summary>Details</summary><pre tabindex="0">${JSON.stringify(e.details, null, 2)}</pre><small>Event ${e.eventId}, hash ${e.hash}</small></details>` },
    ],
  });

  const field = (name, label, input) => html`<label class="field ${name === 'user' ? 'wide' : ''}"><span>${label}</span>${input}</label>`;
  const input = (name, type, hint = '') => html`<input type=${type} placeholder=${hint} .value=${filter[name]} @change=${event => { filter[name] = event.target.value.trim(); }}>`;

  look();

  return {
    title: 'Audit',
    get lead() { return given ? `Who did what in ${nameOf(given)}. Nobody can change it unseen.` : 'Who did what. Nobody can change it unseen.'; },
    tenant: given,
    area: 'audit',
    body: () => html`
      ${verificationPanel(base, tenant, tenant || seesAll)}
      <section class="panel" aria-labelledby="events">
        <header><h2 id="events">Events</h2>
          <div class="buttons" role="group" aria-label="Export what fits">
            ${[['csv', 'Export as CSV'], ['ndjson', 'Export as NDJSON']].map(([format, label]) => action(label, { not: listed ? null : 'Choose a tenant.', click: () => exportAs(format) }))}
          </div></header>
        <form class="filters" role="search" aria-label="Events" @submit=${event => { event.preventDefault(); look(); }}>
          ${given ? nothing : field('tenant', 'Tenant', html`<select @change=${event => { tenant = event.target.value; look(); }}>
            <option value="">${seesAll ? 'None: the installation itself' : 'Choose one'}</option>
            ${tenants.value?.map(t => html`<option value=${t.tenantId} ?selected=${t.tenantId === tenant}>${t.displayName}</option>`)}</select>`)}
          ${field('user', 'User: name or object id', input('user', 'search', 'ann@contoso.example'))}
          ${field('actor', 'Who: object id', input('actor', 'search'))}
          ${field('type', 'Event', html`<select @change=${event => { filter.type = event.target.value; look(); }}>
            <option value="">All</option>${eventTypes.map(type => html`<option value=${type} ?selected=${type === filter.type}>${eventLabel(type)} (${type})</option>`)}</select>`)}
          ${field('from', 'From', input('from', 'datetime-local'))}
          ${field('to', 'To', input('to', 'datetime-local'))}
          <button class="primary">Search</button>
        </form>
        ${listed === null ? empty('No tenant chosen', 'Choose the tenant whose events you want to see.') : shown(listed.reading, items => items.length === 0
          ? empty('No event fits', 'Widen the time, or leave a field empty.')
          : html`${table.render(items)}${listed.next ? html`<button class="more" @click=${() => more(listed)}>Read older events</button>` : nothing}`)}
      </section>`,
    close() {
      tenants?.close();
      listed?.reading.close();
    },
  };
}

const isId = text => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** The form has local time, the API wants its offset. */
const utc = local => local ? new Date(local).toISOString() : '';
