import { count, list } from '../ui/words.js';
import { distance } from '../ui/time.js';

/** Three days. */
const LongWait = 3 * 86_400_000;

/**
 * Whether a tenant needs somebody, and why, the most pressing first.
 * @returns {{level: 'bad'|'warn'|'info'|'good', reasons: string[]}}
 */
export function attention(tenant) {
  const found = [];
  const add = (level, reason) => found.push({ level, reason });
  const { trailCheck, quarantine, pause, lastScan, proposalsWaiting, oldestProposedAt, poisonItems, notRead } = tenant;

  // Whoever breaks a trail does not care whether its tenant is enabled.
  if (trailCheck && !trailCheck.intact) add('bad', 'The audit trail was not intact when it was last verified.');
  for (const { part, because } of notRead) if (tenant.enabled || part === 'trailCheck') add('warn', because);

  if (!tenant.enabled) {
    add('good', 'Disabled: it is not scanned, and nothing is written to it.');
    return mostPressingFirst(found);
  }

  if (quarantine) add('bad', `In quarantine: ${quarantine.failures} of the latest ${quarantine.outcomes} clears ended badly.`);
  if (lastScan?.status === 'failed') add('bad', `The last scan failed. ${lastScan.failure ?? ''}`.trim());
  if (poisonItems > 0) add('bad', `${count(poisonItems, 'step was', 'steps were')} given up and ${poisonItems === 1 ? 'waits' : 'wait'} to be sent back.`);
  if (lastScan?.status === 'halted') add('warn', `The last scan halted. ${lastScan.haltReason ?? ''}`.trim());
  if (tenant.mode === 'propose' && lastScan?.reportOnlyBecause) add('warn', `The last scan could only report. ${lastScan.reportOnlyBecause}`);
  if (pause) add('warn', `Writes are paused by ${pause.by.name}: “${pause.reason}”`);
  for (const reason of ofInventories(tenant.inventories ?? [])) add('warn', reason);
  if (tenant.inventories?.length === 0) add('warn', 'No collector is expected, so nothing can be proposed.');
  if (lastScan === null && !isUnread(tenant, 'lastScan')) add('warn', 'Not scanned yet.');

  if (proposalsWaiting > 0) {
    add(Date.now() - new Date(oldestProposedAt) > LongWait ? 'warn' : 'info',
      `${count(proposalsWaiting, 'proposal waits', 'proposals wait')} for a decision, the oldest since ${distance(oldestProposedAt)}.`);
  }

  return mostPressingFirst(found);
}

/** Whether a part of the overview is missing because it could not be read, and not because there is none. */
export const isUnread = (tenant, part) => tenant.notRead.some(unread => unread.part === part);

function mostPressingFirst(found) {
  found.sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
  return { level: found[0]?.level ?? 'good', reasons: found.map(f => f.reason) };
}

function ofInventories(inventories) {
  const missing = inventories.filter(i => !i.accepted).map(i => i.collectorId);
  const old = inventories.filter(i => i.accepted && !i.fresh).map(i => `${i.collectorId} (${distance(i.takenAt)})`);
  const refused = inventories.filter(i => i.refusals.length).map(i => i.collectorId);

  return [
    missing.length ? `No inventory yet from ${list(missing)}.` : null,
    old.length ? `Too old to prove anything: the inventory of ${list(old)}.` : null,
    refused.length ? `The latest upload of ${list(refused)} was turned away. Its settings page says why.` : null,
  ].filter(Boolean);
}

const levels = ['bad', 'warn', 'info', 'good'];

/** Those that need somebody first, then by how long something waits, then by name. */
export const byAttention = (a, b) =>
  levels.indexOf(attention(a).level) - levels.indexOf(attention(b).level)
  || (a.oldestProposedAt ?? '9').localeCompare(b.oldestProposedAt ?? '9')
  || a.displayName.localeCompare(b.displayName);
