import { get, post } from '../api.js';

export const isOver = scan => !['queued', 'running'].includes(scan.status);

/** It has read every user: what it counted is all there is. */
export const isWhole = scan => ['completed', 'halted'].includes(scan.status);

/** The newest scan that has begun to read: it takes over the findings of those before it. @param {object[]} scans newest first */
export const withFindings = scans => scans.find(scan => scan.startedAt);

/** @returns {Promise<object>} the scan as it stands just after the start. */
export async function startScan(tenant, mode) {
  const { scanId } = await post(`tenants/${tenant}/scans`, mode ? { mode } : {});
  return get(`tenants/${tenant}/scans/${scanId}`);
}

export const scanKinds = { queued: 'info', running: 'info', completed: 'good', halted: 'warn', failed: 'bad' };
