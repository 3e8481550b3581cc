import { html, nothing } from '../lit.js';
import { time } from './time.js';

/** Who has decided what so far, advice included. */
export const decisionLines = proposal => proposal.decisions.length ? html`
  <ul>${proposal.decisions.map(d => html`
    <li><strong>${d.asserted ? d.asserted.name ?? d.decidedBy.name : d.decidedBy.name}</strong> ${d.decision === 'approve' ? 'approved' : 'rejected'} it
      ${time(d.decidedAt)}${d.counts ? '' : ' (advice, which does not count)'}: “${d.reason}”
      ${d.asserted ? html`<small>Relayed by ${d.decidedBy.name}, who did not see them sign in.</small>` : nothing}</li>`)}</ul>` : nothing;
