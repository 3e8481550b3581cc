import { html, nothing } from '../lit.js';
import { get } from '../api.js';
import { update } from '../page.js';
import { Reading, shown } from '../reading.js';
import { checkList } from './checks.js';
import { notice } from './parts.js';

const plans = new Map();

/** The other cure: commands for the on-premises administrator. Read when somebody opens it. */
export const hardMatchPlan = proposal => html`
  <details @toggle=${event => { if (event.target.open) open(proposal); }}>
    <summary>The other cure: write the anchor into AD instead</summary>
    ${plans.has(proposal.proposalId) ? shown(plans.get(proposal.proposalId), plan => html`
      <div class="stack">
        <p>${plan.summary}</p>
        ${plan.warnings.length ? notice('warn', html`<ul>${plan.warnings.map(warning => html`<li>${warning}</li>`)}</ul>`) : nothing}
        ${plan.steps.length ? html`<ol class="stack">${[...plan.steps, plan.undo].filter(Boolean).map(step => html`
          <li><strong>${step.title}</strong> <small>${step.where}</small>
            ${step.command ? html`<pre tabindex="0">${step.command}</pre>` : nothing}<p>${step.expect}</p></li>`)}</ol>` : nothing}
        <details><summary>What was looked at</summary>${checkList(plan.checks)}</details>
      </div>`) : nothing}
  </details>`;

function open(proposal) {
  if (!plans.has(proposal.proposalId)) {
    plans.set(proposal.proposalId, new Reading(() => get(`tenants/${proposal.tenantId}/proposals/${proposal.proposalId}/hard-match`)));
    update();
  }
}
