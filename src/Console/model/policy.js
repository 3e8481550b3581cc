/**
 * Every member of a tenant's policy: what it does and what it protects from (docs/policy.md).
 * @type {{title: string, members: [string, string, object, string][]}[]} name, label, kind of value, meaning
 */
export const policySections = [
  {
    title: 'When evidence counts',
    members: [
      ['inventoryMaxAgeHours', 'Oldest inventory that counts', { unit: 'hours', min: 1, max: 720 }, 'An older one proves nothing and the scan halts. Otherwise an account made since then would look missing.'],
      ['inventoryMaxShrinkPercent', 'Largest shrink of an inventory', { unit: '%', min: 0, max: 100 }, 'An upload that lists this much less than the one before is refused. Otherwise half a forest, read by mistake, would make its users look left over.'],
      ['syncMaxAgeHours', 'Oldest directory sync', { unit: 'hours', min: 1, max: 720 }, 'When the last sync is older, the scan only reports: no sync would follow up on a clear.'],
      ['minimumSightings', 'Scans in a row before a proposal', { unit: 'scans', min: 1, max: 30 }, 'Keeps out what passes by itself, such as a migration under way.'],
      ['minimumSightingDays', 'Days between the first and the latest of them', { unit: 'days', min: 0, max: 90 }, 'The same, when scans follow each other quickly.'],
    ],
  },
  {
    title: 'How much at once',
    members: [
      ['maxProposalsPerScan', 'Candidates in one scan', { unit: 'users', min: 1, max: 10000 }, 'With more, the scan halts and proposes none: a wrong inventory would make everyone a candidate.'],
      ['maxFlaggedPercent', 'Share of the tenant\'s users', { unit: '%', min: 1, max: 100 }, 'A scan that flags a larger share halts. The same, for a small tenant.'],
      ['maxClearsPerHour', 'Clears in an hour', { unit: 'clears', min: 1, max: 10000 }, 'The others wait, so that a mistake is noticed before it is everywhere.'],
      ['maxFailurePercent', 'Clears that may end badly', { unit: '%', min: 1, max: 100 }, 'When a larger share of the latest clears was refused or not verified, the tenant is quarantined.'],
    ],
  },
  {
    title: 'Who decides',
    members: [
      ['twoApprovals', 'Two people have to approve', { options: [['never', 'Never'], ['risky', 'Risky proposals'], ['warned', 'Also those with warnings of their own'], ['always', 'Always']] }, 'Risky: the second clear, no account to match, or no match expected.'],
      ['twoApprovalsAbove', 'Two people when one scan finds more than', { unit: 'candidates', min: 0, max: 10000 }, 'A mistake that hits many at once needs a second look.'],
      ['approverIds', 'Only these may approve', { list: 'Object ids of people and groups, one a line' }, 'Empty: whoever holds the role Approve.'],
      ['proposalLifetimeHours', 'How long a proposal or an approval holds', { unit: 'hours', min: 1, max: 2160 }, 'Nobody acts on what was true last month.'],
      ['rejectionHoldsDays', 'How long a rejection holds', { unit: 'days', min: 1, max: 3650 }, 'The same evidence is not proposed again before.'],
      ['approvalWorkflow', 'Workflow that asks the approvers', { text: '[a-z0-9]{1,32}' }, 'A name in the setting Approvals__Workflows.'],
      ['approvalRecipients', 'Whom the workflow mails', { list: 'Mail addresses, one a line' }, 'Empty: those whom it asks by itself.'],
      ['assertedDecisionsCount', 'A mail\'s answer may decide', { flag: true }, 'Where one approval is enough. You then rely on the workflow for who answered.'],
    ],
  },
  {
    title: 'Who is proposed',
    members: [
      ['protectedUserIds', 'Users that are never proposed', { list: 'Object ids, one a line' }, 'Break-glass and service accounts.'],
      ['protectedGroupIds', 'Groups whose members are never proposed', { list: 'Object ids, one a line' }, 'Direct members and those through other groups.'],
      ['proposeWithoutPartner', 'Also users that no account would match', { flag: true }, 'They stay cloud-only after the clear.'],
      ['includePreviouslySynced', 'Also users that were synced, deleted and restored', { flag: true }, 'Entra may refuse the clear, or no match may follow: sources disagree.'],
      ['includeForeignObjectIdentifier', 'Also users with the object identifier of another account', { flag: true }, 'They may match only after a second clear, which cannot be undone.'],
      ['verificationDeadlineHours', 'How long verification waits for the sync', { unit: 'hours', min: 1, max: 720 }, 'After that the clear counts as inconclusive.'],
    ],
  },
];

/** The policy as a form's data says it. @param {FormData} data */
export function policyFrom(data) {
  return Object.fromEntries(policySections.flatMap(section => section.members).map(([name, , kind]) => [name,
    kind.flag ? data.has(name)
    : kind.list ? data.get(name).split(/[\s,;]+/).filter(Boolean)
    : kind.options || kind.text ? data.get(name)
    : Number(data.get(name))]));
}
