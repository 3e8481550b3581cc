import { html, nothing } from '../lit.js';
import { all } from '../api.js';
import { update } from '../page.js';
import { Reading, shown } from '../reading.js';
import { at, keepInAddress } from '../router.js';
import { allStatuses, statusLabel } from '../model/status.js';
import { approvers } from '../model/approvals.js';
import { empty } from '../ui/parts.js';
import { statusBadge, userName } from '../ui/proposal-parts.js';
import { Table } from '../ui/table.js';
import { time } from '../ui/time.js';
import { list } from '../ui/words.js';
import { nameOf } from '../tenant.js';

/** Every proposal of a tenant, and where it stands. */
export function outcomes({ tenant, query }) {
  const reading = new Reading(() => all(`tenants/${tenant}/proposals`), { every: 30_000 });
  let status = query.get('status') ?? '';
  let search = query.get('search') ?? '';
  let kept = null;

  const table = new Table({
    caption: 'Proposals and what became of them',
    key: proposal => proposal.proposalId,
    columns: [
      { label: 'User', main: true, by: p => (p.displayName ?? p.userPrincipalName).toLowerCase(), cell: p => html`<a href=${at('tenants', tenant, 'outcomes', p.proposalId)}>${userName(p)}</a>` },
      { label: 'Status', narrow: true, by: p => allStatuses.indexOf(p.status), cell: p => statusBadge(p.status) },
      { label: 'Since', narrow: true, by: p => p.statusAt, cell: p => time(p.statusAt) },
      { label: 'Approved by', cell: p => list(approvers(p).map(d => d.decidedBy.name)) || html`<span class="soft">Nobody</span>` },
      { label: 'Remarks', cell: p => p.refusal ?? (p.waiting ? html`${p.waiting.because} It is tried again ${time(p.waiting.until)}.` : nothing) },
    ],
  });

  /** Only when something has changed: a long list is not searched anew at every paint. */
  const rows = items => {
    if (kept?.items !== items || kept.status !== status || kept.search !== search) {
      const wanted = search.trim().toLowerCase();
      kept = { items, status, search, rows: items
        .filter(p => (!status || p.status === status) && (!wanted || `${p.displayName} ${p.userPrincipalName} ${p.userId} ${p.anchor}`.toLowerCase().includes(wanted)))
        .toSorted((a, b) => b.statusAt.localeCompare(a.statusAt)) };
    }

    return kept.rows;
  };

  const change = () => {
    keepInAddress({ status, search });
    update();
  };

  return {
    title: 'Outcomes',
    get lead() { return `What became of each proposal of ${nameOf(tenant)}, from found to verified or restored.`; },
    tenant,
    area: 'outcomes',
    body: () => html`<section class="panel" aria-label="Proposals">${shown(reading, items => items.length === 0
      ? empty('No proposals yet', 'When a scan in the mode propose finds candidates, they show up under Review, and then here.')
      : html`
        <form class="filters" role="search" aria-label="Proposals" @submit=${event => event.preventDefault()}>
          <label class="field wide"><span>Search</span><input type="search" placeholder="Name, address, anchor" .value=${search} @input=${event => { search = event.target.value; change(); }}></label>
          <label class="field"><span>Status</span><select @change=${event => { status = event.target.value; change(); }}>
            <option value="">All (${items.length})</option>
            ${allStatuses.filter(name => items.some(p => p.status === name)).map(name => html`
              <option value=${name} ?selected=${name === status}>${statusLabel(name)} (${items.filter(p => p.status === name).length})</option>`)}
          </select></label>
        </form>
        ${rows(items).length === 0 ? empty('No proposal fits', 'Search for something else, or choose another status.') : table.render(rows(items), `${status} ${search}`)}`)}</section>`,
    close: () => reading.close(),
  };
}
