import { get, post } from '../api.js';

export const isOver = scan => !['queued', 'running'].includes(scan.status);

/** @returns {Promise<object>} the scan as it stands just after the start. */
export async function startScan(tenant, mode) {
  const { scanId } = await post(`tenants/${tenant}/scans`, mode ? { mode } : {});
  return get(`tenants/${tenant}/scans/${scanId}`);
}

export const scanKinds = { queued: 'info', running: 'info', completed: 'good', halted: 'warn', failed: 'bad' };
