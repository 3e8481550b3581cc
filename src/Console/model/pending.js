import { all } from '../api.js';
import { Reading } from '../reading.js';
import { riskOf } from './risk.js';

const weight = { plain: 0, warned: 1, risky: 2 };
let kept = null;

/**
 * A tenant's proposals that wait for a decision, the plain ones first; the list and the single view share it, so that going from
 * one to the next reads nothing anew. It is kept up to date for as long as somebody reviews.
 */
export function pendingReading(tenant) {
  if (kept?.tenant !== tenant) {
    kept?.reading.close();
    kept = { tenant, reading: new Reading(async () => inOrder(await all(`tenants/${tenant}/proposals?status=pending`)), { every: 15_000 }) };
  }

  return kept.reading;
}

/** When no view of a review is open any more. */
export function closePending() {
  kept?.reading.close();
  kept = null;
}

const inOrder = proposals => proposals.toSorted((a, b) =>
  weight[riskOf(a)] - weight[riskOf(b)] || a.userPrincipalName.localeCompare(b.userPrincipalName));
