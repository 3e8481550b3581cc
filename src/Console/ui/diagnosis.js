import { html, nothing } from '../lit.js';
import { at } from '../router.js';
import { checkList } from './checks.js';
import { badge, facts, notice } from './parts.js';
import { anchorText, classBadge } from './proposal-parts.js';
import { time } from './time.js';

const occurs = { yes: ['bad', 'This user\'s state leads to it'], no: ['good', 'This user\'s state does not lead to it'], unknown: ['warn', 'It cannot be told whether this user leads to it'] };

/** A diagnosis as an explanation: the cause, the next step, then everything that was looked at. */
export function diagnosisResult(found) {
  const failed = found.checks.filter(check => check.state !== 'pass');
  const passed = found.checks.filter(check => check.state === 'pass');

  return html`
    <section class="panel" aria-labelledby="conclusion">
      <header><h2 id="conclusion" tabindex="-1">${found.displayName ?? found.userPrincipalName}</h2>${found.classification ? classBadge(found.classification) : nothing}</header>
      <div class="prose"><p><strong>Why:</strong> ${found.conclusion.cause}</p><p><strong>What to do:</strong> ${found.conclusion.nextStep}</p></div>
      ${found.conclusion.proposalId ? html`<p><a class="button" href=${at('tenants', found.tenantId, found.conclusion.proposalStatus === 'pending' ? 'review' : 'outcomes', found.conclusion.proposalId)}>
        ${found.conclusion.proposalStatus === 'pending' ? 'Review the proposal' : 'See the proposal'}</a></p>` : nothing}
      ${found.error ? notice('info', html`
        <p><strong>${found.error.name}</strong> ${badge(...occurs[found.error.occurs])}</p><p>${found.error.means}</p><p><strong>What cures it:</strong> ${found.error.fix}</p>`) : nothing}
      ${found.warnings.length ? notice('warn', html`<p><strong>An approver would be warned:</strong></p><ul>${found.warnings.map(warning => html`<li>${warning}</li>`)}</ul>`) : nothing}
      ${facts([
        ['User', found.userPrincipalName],
        ['Anchor', anchorText(found.anchor)],
        ['AD account', found.partner ? `${found.partner.samAccountName ?? found.partner.userPrincipalName} (${found.partner.collectorId})` : null],
        ['Expected anchor', anchorText(found.expectedAnchor)],
        ['Errors that sync reports for this', found.expectedErrors.join(', ')],
        ['Read', time(found.diagnosedAt)],
      ])}
    </section>
    <section class="panel" aria-labelledby="against">
      <h2 id="against">${failed.length ? 'What stands in the way, or is not known' : 'Nothing stands in the way'}</h2>
      ${checkList(failed)}
      <details><summary>${passed.length} checks are as they should be</summary>${checkList(passed)}</details>
    </section>`;
}
