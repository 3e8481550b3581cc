import { html, nothing } from '../lit.js';
import { at } from '../router.js';
import { guidOf } from '../model/anchor.js';
import { predictions, riskOf, risks } from '../model/risk.js';
import { badge, code, facts, notice } from './parts.js';
import { hardMatchPlan } from './hard-match.js';
import { anchorText, riskBadge } from './proposal-parts.js';
import { since, time } from './time.js';
import { list } from './words.js';

const attributes = { userPrincipalName: 'user principal name', primarySmtpAddress: 'primary mail address' };

/** Why this user is proposed: the user beside the account, how they match, and what follows. */
export function evidence(proposal) {
  const { partner, kind } = proposal;
  const second = kind === 'clearObjectIdentifier';

  return html`
    <p class="prose">${why(proposal)}</p>
    <div class="compare">
      <section class="side" aria-labelledby="cloud">
        <h2 id="cloud">Cloud user</h2>
        ${facts([
          ['Name', proposal.displayName],
          ['User principal name', same(proposal.userPrincipalName, partner?.userPrincipalName)],
          [second ? 'Anchor' : 'Anchor that would be cleared', anchorText(proposal.anchor)],
          [second ? 'Object identifier that would be cleared' : 'Object identifier', proposal.oldValues.objectIdentifier ? code(proposal.oldValues.objectIdentifier) : null],
          ['Synced', proposal.onPremisesSyncEnabled === null ? 'No, never' : proposal.onPremisesSyncEnabled ? 'Yes' : 'No longer'],
          ['Last synced', proposal.oldValues.lastSyncAt ? time(proposal.oldValues.lastSyncAt) : null],
          ['Earlier account', proposal.oldValues.distinguishedName ?? proposal.oldValues.samAccountName],
          ['Earlier SID', proposal.oldValues.securityIdentifier ? code(proposal.oldValues.securityIdentifier) : null],
          ['Object id', code(proposal.userId)],
        ])}
      </section>
      <section class="side" aria-labelledby="ad">
        <h2 id="ad">On-premises account</h2>
        ${partner ? facts([
          ['Account', partner.samAccountName],
          ['User principal name', same(partner.userPrincipalName, proposal.userPrincipalName)],
          ['Anchor that the match writes', anchorText(proposal.expectedAnchor)],
          ['objectGUID', html`${code(partner.objectGuid)}${guidOf(proposal.expectedAnchor) === partner.objectGuid ? html` <small>the anchor is made from it</small>` : nothing}`],
          ['Where', partner.distinguishedName ? code(partner.distinguishedName) : null],
          ['Collector', partner.collectorId],
        ]) : html`<p>No account in AD would match. After the clear the user stays cloud-only.</p>`}
      </section>
    </div>
    ${facts([
      ['They match by', partner ? list(partner.matchedBy.map(name => attributes[name] ?? name)) : null],
      ['What the next sync does', predictions[proposal.prediction] ?? proposal.prediction],
      ['Proposed', html`${since(proposal.proposedAt)}, from a scan that ${proposal.requestedBy.name} asked for`],
      ['Expires', since(proposal.expiresAt)],
    ])}
    <details><summary>More about the evidence</summary>
      ${facts([['Digest of what you see', code(proposal.digest)], ['Scan', proposal.scanId], ['Proposal', proposal.proposalId]])}
      <p><a href="${at('tenants', proposal.tenantId, 'diagnose')}?user=${proposal.userId}">Diagnose the user now</a> ·
        <a href="${at('tenants', proposal.tenantId, 'audit')}?user=${proposal.userId}">Audit trail of the user</a></p>
    </details>
    ${hardMatchPlan(proposal)}`;
}

/** What an approver has to know: how risky it is, what changes for the user, and what cannot be undone. */
export const caveats = proposal => html`
    <div class="badges">${riskBadge(proposal)}${proposal.kind === 'clearObjectIdentifier' ? badge('bad', 'Second clear') : nothing}</div>
    ${proposal.warnings.length ? notice(riskOf(proposal) === 'plain' ? 'info' : 'warn', html`
      <h3>Before you approve</h3><ul>${proposal.warnings.map(warning => html`<li>${warning}</li>`)}</ul>`) : nothing}
    <section aria-labelledby="undo" class="prose">
      <h3 id="undo">What can be undone</h3>
      ${proposal.restorable
        ? html`<p>Until the next sync has matched the user, the old anchor can be put back. After the match AD owns it: then the way back is to take the
            account out of sync scope and to restore the user in Entra.</p>${proposal.oldValues.objectIdentifier
              ? html`<p><strong>The object identifier cannot be put back</strong> once a match has changed it: Entra takes no other value than null.</p>` : nothing}`
        : html`<p><strong>Nothing.</strong> Entra takes no other value than null for the object identifier. The audit trail keeps what it was.</p>`}
    </section>`;

const why = ({ kind, partner, prediction }) =>
  kind === 'clearObjectIdentifier' ? 'The first clear led to no match. The user still carries the object identifier of another account; this would clear it.'
  : partner === null ? 'The anchor belongs to no on-premises account, and no account waits to match.'
  : `The anchor belongs to no on-premises account, and one account, ${partner.samAccountName ?? partner.userPrincipalName}, waits to match. ${
    prediction === 'SoftMatch' ? 'With the old anchor, sync refuses; without it, the next sync matches the two.' : risks.risky.text}`;

/** A value that stands on both sides is marked as the same. */
const same = (value, other) => value === null ? null
  : other && value.toLowerCase() === other.toLowerCase() ? html`${code(value)} <span class="same">same</span>` : code(value);
