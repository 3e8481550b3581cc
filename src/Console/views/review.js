import { html, nothing } from '../lit.js';
import { announce, update } from '../page.js';
import { shown } from '../reading.js';
import { at, go, route } from '../router.js';
import { approvers } from '../model/approvals.js';
import { closePending, pendingReading } from '../model/pending.js';
import { ownWarnings, riskOf, risks } from '../model/risk.js';
import { draft, keep } from '../session/drafts.js';
import { BulkDecision } from '../ui/bulk.js';
import { keysOn } from '../ui/keys.js';
import { action, empty } from '../ui/parts.js';
import { riskBadge, userName } from '../ui/proposal-parts.js';
import { Table } from '../ui/table.js';
import { since } from '../ui/time.js';
import { count } from '../ui/words.js';
import { nameOf } from '../tenant.js';

/** What waits for a decision: one by one, or many at once. */
export function review({ tenant }) {
  const pending = pendingReading(tenant);
  const chosen = new Set(draft(`chosen ${tenant}`, []));
  let risk = '';
  let bulk = null;
  let closed = false;

  const choose = (ids, on) => {
    for (const id of ids) on ? chosen.add(id) : chosen.delete(id);
    const waiting = pending.value.map(p => p.proposalId).filter(id => chosen.has(id));
    keep(`chosen ${tenant}`, waiting);
    announce(`${waiting.length} chosen.`);
    update();
  };

  const table = new Table({
    caption: 'Proposals that wait for a decision',
    key: proposal => proposal.proposalId,
    columns: [
      { label: 'Choose', hidden: true, cell: p => html`<label class="check"><input type="checkbox" .checked=${chosen.has(p.proposalId)} @change=${event => choose([p.proposalId], event.target.checked)}>
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

  /** What was decided is chosen no longer; the rest still is. */
  const back = decided => {
    bulk = null;
    choose(decided, false);
    pending.again();
  };

  function list(items) {
    const byRisk = Map.groupBy(items, riskOf);
    const of = name => byRisk.get(name) ?? [];
    const rows = risk ? of(risk) : items;
    const picked = items.filter(p => chosen.has(p.proposalId));
    const ids = proposals => proposals.map(p => p.proposalId);

    return html`
      <section class="panel" aria-labelledby="waiting">
        <header><h2 id="waiting">${count(items.length, 'proposal')} waiting</h2></header>
        <div class="filters">
          <label class="field"><span>Risk</span><select @change=${event => { risk = event.target.value; update(); }}>
            <option value="">All (${items.length})</option>
            ${Object.entries(risks).map(([name, { label }]) => html`<option value=${name}>${label} (${of(name).length})</option>`)}
          </select></label>
          <button type="button" @click=${() => choose(ids(of('plain')), true)}>Choose all with nothing of note</button>
          <button type="button" @click=${() => choose(ids(rows), true)}>Choose all shown</button>
          ${picked.length ? html`<button type="button" class="plain" @click=${() => choose([...chosen], false)}>Choose none</button>` : nothing}
        </div>
        ${rows.length ? table.render(rows, risk) : empty('No proposal fits', 'Choose another risk.')}
        <div class="decide">
          <p role="status"><strong>${count(picked.length, 'proposal')} chosen.</strong></p>
          <div class="buttons">${['approve', 'reject'].map(decision => action(decision === 'approve' ? 'Approve the chosen …' : 'Reject the chosen …', {
            roles: ['Approve'],
            kind: decision === 'approve' ? 'primary' : '',
            not: picked.length === 0 ? 'Choose at least one.' : null,
            click: () => {
              bulk = new BulkDecision(tenant, decision, picked, back);
              update();
              document.querySelector('h1').focus();
            },
          }))}</div>
        </div>
      </section>`;
  }

  return {
    title: 'Review',
    get lead() { return `Proposals of ${nameOf(tenant)} that wait for a decision.`; },
    tenant,
    area: 'review',
    aside: () => pending.value?.length && !bulk
      ? html`<a class="button primary" href=${at('tenants', tenant, 'review', pending.value[0].proposalId)}>Review one by one</a>` : nothing,
    body: () => bulk ? bulk.render() : shown(pending, items => items.length === 0
      ? empty('Nothing waits', 'Nobody\'s decision is missing. The next scan may propose more.', html`<p><a href=${at('tenants', tenant, 'outcomes')}>See what became of earlier proposals</a></p>`)
      : list(items)),
    async keys(event) {
      if (event.key !== 'j' || !keysOn() || bulk) return;
      await pending.first;
      if (!closed && pending.value?.length) go('tenants', tenant, 'review', pending.value[0].proposalId);
    },
    close() {
      closed = true;
      const { parts } = route();
      if (parts[2] !== 'review' || parts[1] !== tenant) closePending();
    },
  };
}
