/** What a proposal's status means. */
const statuses = {
  pending: ['info', 'Waits for a decision', 'Nobody has decided yet.'],
  approved: ['info', 'Approved', 'The clear is about to be made.'],
  rejected: ['quiet', 'Rejected', 'Nothing is done.'],
  expired: ['quiet', 'Expired', 'Nobody decided in time. The next scan proposes it again if it still holds.'],
  superseded: ['quiet', 'Superseded', 'Something changed before the clear, so nothing was done.'],
  clearing: ['info', 'Clearing', 'The old values are on record; the clear is being made.'],
  cleared: ['info', 'Cleared', 'The value is gone. The next sync has to match the account.'],
  verified: ['good', 'Verified', 'The next sync matched the expected account.'],
  inconclusive: ['bad', 'Inconclusive', 'Cleared, but the expected match did not come.'],
  refused: ['bad', 'Refused', 'The directory said no.'],
  restoring: ['info', 'Restoring', 'The old anchor is being put back.'],
  restored: ['good', 'Restored', 'The old anchor is back.'],
};

export const statusKind = status => statuses[status][0];
export const statusLabel = status => statuses[status][1];
export const statusText = status => statuses[status][2];
export const allStatuses = Object.keys(statuses);
