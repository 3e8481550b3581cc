import { list } from '../ui/words.js';

export const approvers = proposal => proposal.decisions.filter(d => d.counts && d.decision === 'approve');

/** Who has approved, and who is still needed, in a sentence. */
export function approvalState(proposal) {
  const names = approvers(proposal).map(d => d.decidedBy.name);
  const missing = proposal.requiredApprovals - names.length;

  return proposal.requiredApprovals === 1 ? 'One approval is needed.'
    : names.length === 0 ? 'Two approvals are needed, by two different people.'
    : missing > 0 ? `${list(names)} has approved. One more person is needed, and it may not be ${list(names)}.`
    : `${list(names)} have approved.`;
}

/** Why this person may not approve it, as far as the page can tell; the API knows more. @returns {?string} */
export const barredFromApproving = (proposal, me) =>
  proposal.requestedBy.id === me.id ? 'You asked for the scan or the clear, so someone else has to approve it.'
  : approvers(proposal).some(d => d.decidedBy.id === me.id) ? 'You have approved it. The second approval has to be someone else\'s.'
  : null;
