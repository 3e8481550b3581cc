import { count, list } from '../ui/words.js';
import { distance } from '../ui/time.js';

const Day = 86_400_000;

/**
 * Whether a tenant needs somebody, and why, the most pressing first.
 * @returns {{level: 'bad'|'warn'|'info'|'good', reasons: string[]}}
 */
export function attention(tenant) {
  const found = [];
  const add = (level, reason) => found.push({ level, reason });
  const { trail, quarantine, pause, lastScan, proposals, poison, inventories } = tenant;

  if (trail && !trail.intact) add('bad', 'The audit trail was not intact when it was last verified.');
  if (quarantine) add('bad', `In quarantine: ${quarantine.failures} of the latest ${quarantine.outcomes} clears ended badly.`);
  if (lastScan?.status === 'failed') add('bad', `The last scan failed. ${lastScan.failure ?? ''}`.trim());
  if (poison > 0) add('bad', `${count(poison, 'step was', 'steps were')} given up and ${poison === 1 ? 'waits' : 'wait'} to be sent back.`);
  if (lastScan?.status === 'halted') add('warn', `The last scan halted. ${lastScan.haltReason ?? ''}`.trim());
  if (tenant.mode === 'propose' && lastScan?.reportOnlyBecause) add('warn', `The last scan could only report. ${lastScan.reportOnlyBecause}`);
  if (pause) add('warn', `Writes are paused by ${pause.by.name}: “${pause.reason}”`);

  const missing = inventories.filter(i => !i.accepted).map(i => i.collectorId);
  const old = inventories.filter(i => i.accepted && !i.fresh);
  if (inventories.length === 0) add('warn', 'No collector is expected, so nothing can be proposed.');
  if (missing.length) add('warn', `No inventory yet from ${list(missing)}.`);
  if (old.length) add('warn', `The inventory of ${list(old.map(i => `${i.collectorId} is from ${distance(i.takenAt)}`))}: too old to prove anything.`);
  if (!lastScan) add('warn', 'Not scanned yet.');

  if (proposals.waiting > 0) {
    const waits = Date.now() - new Date(proposals.oldestProposedAt);
    add(waits > 3 * Day ? 'warn' : 'info', `${count(proposals.waiting, 'proposal waits', 'proposals wait')} for a decision, the oldest since ${distance(proposals.oldestProposedAt)}.`);
  }

  if (!tenant.enabled) return { level: 'good', reasons: ['Disabled: it is not scanned, and nothing is written to it.'] };
  const level = levels.find(l => found.some(f => f.level === l)) ?? 'good';
  return { level, reasons: found.length ? found.sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level)).map(f => f.reason) : ['Nothing to do.'] };
}

const levels = ['bad', 'warn', 'info', 'good'];

/** Those that need somebody first, then by how long something waits, then by name. */
export const byAttention = (a, b) =>
  levels.indexOf(attention(a).level) - levels.indexOf(attention(b).level)
  || (a.proposals.oldestProposedAt ?? '9').localeCompare(b.proposals.oldestProposedAt ?? '9')
  || a.displayName.localeCompare(b.displayName);
