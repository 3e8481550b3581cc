import { html, nothing, live } from '../lit.js';
import { get, post } from '../api.js';
import { alertNow, announce, painted, update } from '../page.js';
import { Reading, shown } from '../reading.js';
import { at, go, route } from '../router.js';
import { approvalState, barredFromApproving } from '../model/approvals.js';
import { closePending, pendingReading } from '../model/pending.js';
import { draft, keep } from '../session/drafts.js';
import { may, session } from '../session/session.js';
import { inWords } from '../ui/dialog.js';
import { caveats, evidence } from '../ui/evidence.js';
import { action, notice } from '../ui/parts.js';
import { decisionLines } from '../ui/decisions.js';
import { keysHelp, keysOn } from '../ui/keys.js';
import { statusText } from '../model/status.js';

const LastReason = 'last reason';

/** One proposal: everything an approver has to see, and the decision. */
export function reviewOne({ tenant, proposal: id }) {
  const pending = pendingReading(tenant);
  const reading = new Reading(() => get(`tenants/${tenant}/proposals/${id}`), { every: 10_000 });
  let seen = null;
  let busy = false;
  let error = null;
  let known = false;
  let closed = false;

  const place = () => pending.value?.findIndex(p => p.proposalId === id) ?? -1;
  const beside = step => pending.value?.[place() + step]?.proposalId;
  const name = p => p.displayName ?? p.userPrincipalName;

  /** Notes a second person's decision, or another digest, as soon as it is read. */
  function watch(proposal) {
    if (seen !== null && (proposal.digest !== seen.digest || proposal.status !== seen.status || proposal.decisions.length !== seen.decisions.length) && !busy) {
      const latest = proposal.decisions.at(-1);
      alertNow(proposal.decisions.length > seen.decisions.length ? `${latest.decidedBy.name} has decided: ${latest.decision}.` : 'The proposal has changed.');
    }

    seen = proposal;
  }

  const missing = (decision, proposal, reason) =>
    !reason ? 'Say why: one sentence is enough. The audit trail keeps it.'
    : decision === 'reject' ? null
    : proposal.kind === 'clearObjectIdentifier' && !known ? 'Confirm that you know it cannot be undone.'
    : barredFromApproving(proposal, session.me);

  async function decide(decision) {
    const reason = draft(id).trim();
    const proposal = reading.value;

    // A key is faster than a button that is no longer enabled.
    if (busy || !may('Approve')) return;
    error = missing(decision, proposal, reason);

    if (error) {
      update();
      if (!reason) toReason();
      return;
    }

    const onward = beside(1) ?? beside(-1);
    busy = true;
    update();

    try {
      const decided = await post(`tenants/${tenant}/proposals/${id}/decision`, { decision, digest: proposal.digest, reason });
      keep(LastReason, reason);
      keep(id, '');
      await pending.again();
      announce(`${name(proposal)}: ${decision === 'reject' ? 'rejected' : decided.status === 'pending' ? 'approved; a second person is needed' : 'approved'}.${pending.value ? ` ${pending.value.length} left.` : ''}`);
      if (onward) go('tenants', tenant, 'review', onward); else go('tenants', tenant, 'review');
    } catch (problem) {
      error = inWords(problem);
      // What was decided meanwhile is shown; what was typed stays.
      await Promise.all([reading.again(), pending.again()]);
    }

    busy = false;
    update();
  }

  function decision(proposal) {
    if (proposal.status !== 'pending') {
      return notice(proposal.status === 'rejected' ? 'warn' : 'info', html`
        <p><strong>This is decided. ${statusText(proposal.status)}</strong></p>
        ${decisionLines(proposal)}
        ${draft(id) ? html`<p>You had typed: “${draft(id)}”</p>` : nothing}
        <p><a href=${at('tenants', tenant, 'outcomes', id)}>See what became of it</a></p>`);
    }

    const barred = barredFromApproving(proposal, session.me);
    const lastReason = draft(LastReason);
    return html`
      <div class="decide">
        <p>${approvalState(proposal)}</p>
        ${decisionLines(proposal)}
        <label class="field" for="reason"><span>Reason</span></label>
        <textarea id="reason" rows="2" maxlength="2000" .value=${live(draft(id))} @input=${event => keep(id, event.target.value)}
          @keydown=${event => { if (event.key === 'Enter' && event.ctrlKey) { event.preventDefault(); decide(event.shiftKey ? 'reject' : 'approve'); } }}></textarea>
        ${lastReason ? html`<div><button type="button" class="plain" @click=${useLast}>Use my last reason: “${lastReason.slice(0, 60)}”</button></div>` : nothing}
        ${proposal.kind === 'clearObjectIdentifier' ? html`<label class="check"><input type="checkbox" .checked=${known} @change=${event => { known = event.target.checked; }}>
          <span>I know that this cannot be undone.</span></label>` : nothing}
        ${error ? html`<div class="notice bad" role="alert"><p>${error}</p></div>` : nothing}
        <div class="buttons">
          ${action('Approve', { roles: ['Approve'], kind: 'primary', not: barred, busy, key: 'Control+Enter', click: () => decide('approve') })}
          ${action('Reject', { roles: ['Approve'], kind: 'danger', busy, key: 'Control+Shift+Enter', click: () => decide('reject') })}
        </div>
      </div>`;
  }

  function useLast() {
    if (!draft(LastReason)) return;
    keep(id, draft(LastReason));
    update();
    toReason();
  }

  /** Whoever presses a key may be faster than the first read. */
  async function toReason() {
    await reading.first;
    await painted();
    if (!closed) document.getElementById('reason')?.focus();
  }

  async function move(step) {
    await pending.first;
    if (!closed && beside(step)) go('tenants', tenant, 'review', beside(step));
  }

  const step = (to, label, key) => to
    ? html`<a class="button" href=${at('tenants', tenant, 'review', to)} aria-keyshortcuts=${key}>${label}</a>`
    : html`<span class="button" aria-disabled="true" role="link">${label}</span>`;

  return {
    get title() { return reading.value ? name(reading.value) : 'Proposal'; },
    get lead() { return place() < 0 ? 'A proposal to clear a leftover anchor.' : `Proposal ${place() + 1} of ${pending.value.length} that wait for a decision.`; },
    tenant,
    area: 'review',
    aside: () => html`<div class="buttons" role="group" aria-label="Proposals">${step(beside(-1), '← Previous', 'k')}${step(beside(1), 'Next →', 'j')}</div>`,
    body: () => shown(reading, proposal => {
      watch(proposal);
      return html`
        <div class="review">
          <section class="panel" aria-label="Evidence">${evidence(proposal)}</section>
          <section class="panel decision" aria-labelledby="decision"><h2 id="decision">Decision</h2>${caveats(proposal)}${decision(proposal)}</section>
        </div>
        ${keysHelp()}
        <p><a href=${at('tenants', tenant, 'review')}>All that wait</a></p>`;
    }),
    keys(event) {
      if (!keysOn()) return;
      if (event.key === 'j') move(1);
      if (event.key === 'k') move(-1);
      if (event.key === 'r') { event.preventDefault(); toReason(); }
      if (event.key === 'l') { event.preventDefault(); useLast(); }
    },
    close() {
      closed = true;
      reading.close();
      const { parts } = route();
      if (parts[2] !== 'review' || parts[1] !== tenant) closePending();
    },
  };
}
