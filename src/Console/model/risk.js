/** Said of every match (MatchWarnings.OfEveryMatch); were the words to change, every proposal would merely count as warned. */
const OfEveryMatch = 'After the match AD overwrites the user\'s attributes, and password hash sync its password.';

/** What a proposal's approver is warned of, beyond what is said of every match. */
export const ownWarnings = proposal => proposal.warnings.filter(warning => warning !== OfEveryMatch);

/**
 * How much care a proposal takes; the same line as the policy's twoApprovals draws.
 * @returns {'risky'|'warned'|'plain'}
 */
export const riskOf = proposal =>
  proposal.kind === 'clearObjectIdentifier' || proposal.partner === null || proposal.prediction !== 'SoftMatch' ? 'risky'
  : ownWarnings(proposal).length > 0 ? 'warned'
  : 'plain';

export const risks = {
  plain: { kind: 'good', label: 'Nothing of note', text: 'One account waits, and the next sync is expected to match it.' },
  warned: { kind: 'warn', label: 'With warnings', text: 'The match is expected, and something changes for the user that you should know.' },
  risky: { kind: 'bad', label: 'Risky', text: 'It cannot be undone, or no sync is expected to prove it right.' },
};

export const predictions = {
  SoftMatch: 'The next sync matches the account.',
  Duplicate: 'Soft match is blocked in this tenant: sync would make a second user.',
  Refused: 'Sync would refuse and report an error.',
  Unknown: 'It cannot be told what the next sync does.',
};
