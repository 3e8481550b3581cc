import { html, nothing } from '../lit.js';
import { announce, update } from '../page.js';
import { shown } from '../reading.js';
import { at, go, route } from '../router.js';
import { approvers } from '../model/approvals.js';
import { closePending, pendingReading } from '../model/pending.js';
import { ownWarnings, riskOf, risks } from '../model/risk.js';
import { BulkDecision } from '../ui/bulk.js';
import { action, empty } from '../ui/parts.js';
import { riskBadge, userName } from '../ui/proposal-parts.js';
import { Table } from '../ui/table.js';
import { since } from '../ui/time.js';
import { count } from '../ui/words.js';
import { nameOf } from '../tenant.js';

/** What waits for a decision: one by one, or many at once. */
export function review({ tenant }) {
  const pending = pendingReading(tenant);
  const chosen = new Set();
  let risk = '';
  let bulk = null;

  const choose = (proposals, on) => {
    for (const { proposalId } of proposals) on ? chosen.add(proposalId) : chosen.delete(proposalId);
    announce(`${chosen.size} chosen.`);
    update();
  };

  const table = new Table({
    caption: 'Proposals that wait for a decision',
    key: proposal => proposal.proposalId,
    columns: [
      { label: 'Choose', hidden: true, cell: p => html`<label class="check"><input type="checkbox" .checked=${chosen.has(p.proposalId)} @change=${event => choose([p], event.target.checked)}>
        <span class="unseen">Choose <bdi>${p.displayName ?? p.userPrincipalName}</bdi></span></label>` },
      { label: 'User', main: true, by: p => (p.displayName ?? p.userPrincipalName).toLowerCase(),
        cell: p => html`<a href=${at('tenants', tenant, 'review', p.proposalId)}>${userName(p)}</a>` },
      { label: 'AD account', cell: p => p.partner ? p.partner.samAccountName ?? p.partner.userPrincipalName : 'None' },
      { label: 'Risk', narrow: true, by: p => ['plain', 'warned', 'risky'].indexOf(riskOf(p)), cell: riskBadge },
      { label: 'Warnings', cell: p => ownWarnings(p).length ? ownWarnings(p).map(w => html`<div>${w}</div>`) : html`<span class="soft">Only what is said of every match</span>` },
      { label: 'Approvals', narrow: true, cell: p => `${approvers(p).length} of ${p.requiredApprovals}` },
      { label: 'Expires', narrow: true, by: p => p.expiresAt, cell: p => since(p.expiresAt) },
    ],
  });

  let rows = [];
  let rowsOf = null;

  /** The same array as long as nothing has changed: the table keeps its place by it. */
  const rowsFor = items => {
    if (rowsOf?.items !== items || rowsOf.risk !== risk) {
      rowsOf = { items, risk };
      rows = items.filter(item => !risk || riskOf(item) === risk);
    }

    return rows;
  };

  return {
    title: 'Review',
    get lead() { return `Proposals of ${nameOf(tenant)} that wait for a decision.`; },
    tenant,
    area: 'review',
    aside: () => pending.value?.length && !bulk
      ? html`<a class="button primary" href=${at('tenants', tenant, 'review', pending.value[0].proposalId)}>Review one by one</a>` : nothing,
    body: () => bulk ? bulk.render() : shown(pending, items => items.length === 0
      ? empty('Nothing waits', 'Nobody\'s decision is missing. The next scan may propose more.', html`<p><a href=${at('tenants', tenant, 'outcomes')}>See what became of earlier proposals</a></p>`)
      : html`
        <section class="panel" aria-labelledby="waiting">
          <header><h2 id="waiting">${count(items.length, 'proposal')} waiting</h2></header>
          <div class="filters">
            <label class="field"><span>Risk</span><select @change=${event => { risk = event.target.value; update(); }}>
              <option value="">All (${items.length})</option>
              ${Object.entries(risks).map(([name, { label }]) => html`<option value=${name}>${label} (${items.filter(i => riskOf(i) === name).length})</option>`)}
            </select></label>
            <button type="button" @click=${() => choose(items.filter(i => riskOf(i) === 'plain'), true)}>Choose all with nothing of note</button>
            <button type="button" @click=${() => choose(rowsFor(items), true)}>Choose all shown</button>
            ${chosen.size ? html`<button type="button" class="plain" @click=${() => choose(items, false)}>Choose none</button>` : nothing}
          </div>
          ${table.render(rowsFor(items))}
          <div class="decide">
            <p role="status"><strong>${count(items.filter(i => chosen.has(i.proposalId)).length, 'proposal')} chosen.</strong></p>
            <div class="buttons">${['approve', 'reject'].map(decision => action(decision === 'approve' ? 'Approve the chosen …' : 'Reject the chosen …', {
              roles: ['Approve'],
              kind: decision === 'approve' ? 'primary' : '',
              not: chosen.size === 0 ? 'Choose at least one.' : null,
              click: () => {
                bulk = new BulkDecision(tenant, decision, items.filter(i => chosen.has(i.proposalId)), () => { bulk = null; chosen.clear(); pending.again(); update(); });
                update();
                document.querySelector('h1').focus();
              },
            }))}</div>
          </div>
        </section>`),
    keys(event) {
      if (event.key === 'j' && pending.value?.length && !bulk) go('tenants', tenant, 'review', pending.value[0].proposalId);
    },
    close() {
      const { parts } = route();
      if (parts[2] !== 'review' || parts[1] !== tenant) closePending();
    },
  };
}
