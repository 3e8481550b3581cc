import { html, nothing } from '../lit.js';
import { all, get, post } from '../api.js';
import { update } from '../page.js';
import { Reading, shown } from '../reading.js';
import { at, go } from '../router.js';
import { statusText } from '../model/status.js';
import { ask, tell } from '../ui/dialog.js';
import { decisionLines } from '../ui/decisions.js';
import { action, code, facts, notice } from '../ui/parts.js';
import { anchorText, statusBadge } from '../ui/proposal-parts.js';
import { time } from '../ui/time.js';
import { timeline } from '../ui/timeline.js';
import { words } from '../ui/words.js';

const Restorable = new Set(['cleared', 'inconclusive']);

/** One proposal after the decision: its timeline, and what can still be done. */
export function outcome({ tenant, proposal: id }) {
  const base = `tenants/${tenant}/proposals/${id}`;
  const reading = new Reading(() => get(base), { every: 5_000 });
  let trail = null;
  let trailAt = null;
  let verifying = false;

  /** The trail is read again whenever the proposal has moved. */
  function follow(proposal) {
    if (trailAt === proposal.statusAt) return;
    trailAt = proposal.statusAt;
    const read = async () => (await all(`tenants/${tenant}/audit?user=${proposal.userId}`)).filter(event => event.proposalId === id).toReversed();
    const before = trail;
    trail = new Reading(read, { every: 15_000 });
    if (before) {
      before.close();
      Object.assign(trail, { value: before.value, at: before.at });
    }
  }

  async function verifyAgain() {
    verifying = true;
    update();

    try {
      await post(`${base}/verify`);
      await reading.again();
    } catch (error) {
      tell('Not verified', error.message);
    } finally {
      verifying = false;
      update();
    }
  }

  const restore = proposal => ask({
    title: `Put the old anchor of ${proposal.displayName ?? proposal.userPrincipalName} back?`,
    text: html`
      <p>The anchor ${code(proposal.anchor)} is written back to the user, after everything has been read again.</p>
      <p>It works only while no sync has matched the user. If another user, or a deleted one, holds the anchor now, it is refused.
        The object identifier is not put back: Entra takes no other value than null for it.</p>`,
    confirm: 'Put the anchor back',
    submit: async reason => { await post(`${base}/restore-anchor`, { reason }); await reading.again(); },
    done: 'The restore is under way.',
  });

  const secondClear = proposal => ask({
    title: 'Ask for the second clear?',
    text: html`<p>It clears the object identifier that the user still carries, so that sync may match it. <strong>It cannot be undone.</strong>
      Ask for it only after a sync has refused to match the user (AttributeUpdateNotAllowed). Somebody else has to approve it.</p>`,
    confirm: 'Ask for it',
    submit: async reason => { const made = await post(`${base}/object-identifier`, { reason }); go('tenants', tenant, 'outcomes', made.proposalId); },
    done: 'It is proposed.',
  });

  /** What can still be done, and why the rest cannot. */
  function whatNow(proposal) {
    const { status, restorable } = proposal;
    const tooLate = !restorable ? 'An object identifier cannot be put back: Entra takes no other value than null.'
      : status === 'verified' ? 'A match has taken the user: AD owns its anchor now. To undo it, take the account out of sync scope, then restore the user in Entra.'
      : status === 'restored' ? 'The anchor is back already.'
      : status === 'restoring' ? 'The anchor is being put back already.'
      : Restorable.has(status) ? null
      : 'Nothing was cleared.';

    return html`
      <section class="panel" aria-labelledby="now">
        <h2 id="now">What can be done now</h2>
        ${status === 'pending' ? html`<p><a class="button primary" href=${at('tenants', tenant, 'review', id)}>Review it</a></p>` : nothing}
        <div class="buttons">
          ${action('Put the anchor back …', { roles: ['Approve'], kind: 'danger', not: tooLate, click: () => restore(proposal) })}
          ${action('Look again whether it matched', { roles: ['Operate'], busy: verifying,
            not: status === 'inconclusive' ? null : status === 'verified' ? 'It has matched.' : status === 'cleared' ? 'Reanchor looks by itself after every sync.' : 'Nothing is cleared now.', click: verifyAgain })}
          ${Restorable.has(status) && proposal.kind === 'clearAnchor' && proposal.oldValues.objectIdentifier
            ? action('Ask for the second clear …', { roles: ['Operate'], click: () => secondClear(proposal) }) : nothing}
        </div>
      </section>`;
  }

  return {
    get title() { return reading.value ? reading.value.displayName ?? reading.value.userPrincipalName : 'Proposal'; },
    lead: 'What became of this proposal.',
    tenant,
    area: 'outcomes',
    body: () => shown(reading, proposal => {
      follow(proposal);
      return html`
        <div class="columns">
          <section class="panel" aria-labelledby="standing">
            <h2 id="standing">Where it stands</h2>
            <div class="badges">${statusBadge(proposal.status)}</div>
            <p>${statusText(proposal.status)} ${proposal.match && proposal.match !== 'matched' ? `Seen: ${words(proposal.match).toLowerCase()}.` : ''}</p>
            ${proposal.refusal ? notice('warn', html`<p>${proposal.refusal}</p>`) : nothing}
            ${proposal.waiting ? notice('info', html`<p><strong>It waits.</strong> ${proposal.waiting.because} It is tried again ${time(proposal.waiting.until)}.</p>`) : nothing}
            ${decisionLines(proposal)}
            ${facts([
              ['User', proposal.userPrincipalName],
              ['Old anchor', anchorText(proposal.anchor)],
              ['Expected anchor', anchorText(proposal.expectedAnchor)],
              ['AD account', proposal.partner?.samAccountName],
              ['Restore asked for by', proposal.restore ? `${proposal.restore.requestedBy.name}: “${proposal.restore.reason}”` : null],
            ])}
          </section>
          <section class="panel" aria-labelledby="events">
            <h2 id="events">Timeline</h2>
            ${shown(trail, timeline)}
            <p><a href="${at('tenants', tenant, 'audit')}?user=${proposal.userId}">All of this user's audit trail</a></p>
          </section>
        </div>
        ${whatNow(proposal)}`;
    }),
    close() {
      reading.close();
      trail?.close();
    },
  };
}
