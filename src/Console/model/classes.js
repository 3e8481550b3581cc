/** Every class of a finding: its name, what it means and what to do (docs/classification.md has the whole of it). */
export const classes = {
  Candidate: ['Candidate', 'info', 'The anchor is left over. Clearing it lets the next sync match the one right account.', 'Read the warnings, then approve or reject the proposal.'],
  NeedsReview: ['Needs review', 'warn', 'Only a person can tell.', 'Look at the user and its account. The reason says what is unusual.'],
  AmbiguousPartner: ['Ambiguous partner', 'warn', 'More than one account could be meant, or the account could match another user.', 'Make names and primary addresses unique on both sides, then scan again.'],
  DuplicateInQuarantine: ['Duplicate in quarantine', 'warn', 'Sync has already made a second user for the account. A clear alone does not help.', 'Follow the reason, in its order.'],
  EvidenceInsufficient: ['Evidence insufficient', 'warn', 'Something that must be known is not. Unknown is never taken for no.', 'Cure what the reason names: a permission, an inventory, a setting. Then scan again.'],
  AnchorDrifted: ['Anchor drifted', 'warn', 'AD still has the account, with another anchor now.', 'Do not clear. Write the user\'s anchor into the account\'s mS-DS-ConsistencyGuid, so that sync hard matches the two.'],
  AuthorityReverted: ['Authority reverted', 'warn', 'The user was given back to AD. Sync takes it by its anchor.', 'Bring the account into the sync scope and run a sync.'],
  AnchorInUse: ['Anchor in use', 'quiet', 'An account in AD, or a deleted cloud user, still answers to the anchor.', 'Find the holder that the reason names. Bring it into the sync scope; or, if it is a deleted user, remove it for good or restore it. Then scan again.'],
  NoPartner: ['No partner', 'quiet', 'The anchor is left over, but no account in AD would match.', 'Give the account in AD the user\'s name or primary address, if there is one. Or leave the user as it is.'],
  Privileged: ['Privileged', 'quiet', 'The user holds an admin role or could get one. Sync refuses to soft match such users.', 'If the user must be matched: take the roles away, scan, clear and sync, then give the roles back.'],
  ForeignAnchor: ['Foreign anchor', 'quiet', 'Another identity provider, or a custom anchor, may depend on the value.', 'Ask who wrote it. Google, Okta and others sign users in by this value.'],
  FederatedDomain: ['Federated domain', 'quiet', 'The anchor is the key that the identity provider signs the user in with.', 'Nothing, as long as the domain is federated.'],
  CloudManaged: ['Cloud managed', 'quiet', 'The user was moved to the cloud on purpose. The anchor is the way back.', 'Nothing. It is meant to be so.'],
  Protected: ['Protected', 'quiet', 'The tenant\'s policy, an exception or a restricted management unit keeps the user out.', 'Nothing, unless the protection is no longer wanted.'],
  Guest: ['Guest', 'quiet', 'The user belongs to another organisation.', 'Nothing.'],
  SyncAccount: ['Sync account', 'quiet', 'Directory synchronisation itself signs in with this user.', 'Nothing.'],
  StillSynced: ['Still synced', 'quiet', 'The user is synced from AD.', 'Nothing.'],
};

export const classLabel = name => classes[name]?.[0] ?? name;
export const classKind = name => classes[name]?.[1] ?? 'quiet';

/** Classes that wait for a person, besides candidates. */
export const needsPerson = name => classKind(name) === 'warn';

/** The counts of a scan in the order of this page. @returns {[string, number][]} */
export const inOrder = counts => Object.keys(classes).filter(name => counts[name]).map(name => [name, counts[name]]);
