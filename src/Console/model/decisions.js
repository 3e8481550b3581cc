import { all, post, Problem } from '../api.js';
import { session } from '../session/session.js';

/** As many as the API takes at once. */
const Limit = 500;

/** What needs a look comes first. */
const order = { unknown: 0, recorded: 2 };

/**
 * Decides on what is still as it was shown. Throws only when nothing was decided.
 * @returns {Promise<{proposal: object, outcome: string, detail?: string, status?: string}[]>} `outcome` is the API's, or leftOut, notDecided, unknown
 */
export async function decideMany(tenant, decision, proposals, reason) {
  const now = await read(tenant, '?status=pending');
  const isSame = p => now.get(p.proposalId)?.digest === p.digest;
  const same = proposals.filter(isSame);
  const rows = proposals.filter(p => !isSame(p)).map(proposal => ({
    proposal,
    outcome: 'leftOut',
    detail: now.has(proposal.proposalId) ? 'It has changed since you saw it. Review it again.' : 'Someone else decided it, or it is no longer pending.',
  }));

  for (let i = 0; i < same.length; i += Limit) {
    const part = same.slice(i, i + Limit);

    try {
      const decisions = part.map(({ proposalId, digest }) => ({ proposalId, decision, digest, reason }));
      const { items } = await post(`tenants/${tenant}/decisions`, { decisions });
      rows.push(...items.map((item, j) => ({ ...item, proposal: part[j] })));
    } catch (error) {
      if (i === 0 && isRefusal(error)) throw error;
      rows.push(
        ...part.map(isRefusal(error)
          ? proposal => ({ proposal, outcome: 'notDecided', detail: error.message })
          : proposal => ({ proposal, outcome: 'unknown', detail: 'No answer came. It may be decided or not.' })),
        ...same.slice(i + Limit).map(proposal => ({ proposal, outcome: 'notDecided', detail: 'It was not sent, because what was sent before it failed.' })));
      break;
    }
  }

  return settle(tenant, decision, rows);
}

/** Looks what became of those whose answer was lost. What waits yet stays unknown: the request may still be under way. */
export async function settle(tenant, decision, rows) {
  const isUnknown = row => row.outcome === 'unknown';
  const now = rows.some(isUnknown) ? await read(tenant, '').catch(() => new Map()) : new Map();

  const settled = rows.map(row => {
    const latest = now.get(row.proposal.proposalId);
    return !isUnknown(row) || !latest ? row
      : latest.decisions.some(d => d.counts && d.decision === decision && d.decidedBy.id === session.me.id)
        ? { proposal: row.proposal, outcome: 'recorded', status: latest.status }
      : latest.status === 'pending' ? { ...row, detail: 'No answer came. It still waited when it was read again.' }
      : { ...row, outcome: 'notDecided', detail: 'Someone else decided it, or it is no longer pending.' };
  });

  return settled.toSorted((a, b) => (order[a.outcome] ?? 1) - (order[b.outcome] ?? 1));
}

/** Then nothing of the request was done. */
const isRefusal = error => error instanceof Problem && error.status < 500;

const read = async (tenant, query) => new Map((await all(`tenants/${tenant}/proposals${query}`)).map(p => [p.proposalId, p]));
