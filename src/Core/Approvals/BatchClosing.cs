using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Approvals;

/// <summary>Ends a batch once none of its proposals is pending, and sends word to those who wait for it.</summary>
public sealed class BatchClosing(
    IBatchStore batches, BatchLedger ledger, BatchDraft draft, IProposalStore proposals, ICommandQueue queue, TimeProvider clock)
{
    /// <returns><see langword="false"/> while something is pending.</returns>
    public async Task<bool> TryCloseAsync(ApprovalBatch batch, CancellationToken cancellationToken)
    {
        if (batch.End is null)
        {
            var pending = (await draft.PendingAsync(batch.Tenant, batch.Scan, cancellationToken)).Select(p => p.Id).ToHashSet();

            if (batch.Items.Any(i => pending.Contains(i.Proposal)))
            {
                return false;
            }

            var end = await EndOfAsync(batch, cancellationToken);
            await ledger.ChangeAsync(batch.Tenant, batch.Scan, b => b.End is null ? b.Close(end) : null, cancellationToken);
        }

        // Read anew: whoever subscribed before it ended is called, whoever subscribes later sends word themselves.
        foreach (var waiting in (await batches.FindAsync(batch.Tenant, batch.Scan, cancellationToken))!.Item.Subscriptions.Where(s => s.IsWaiting))
        {
            await queue.SendAsync(new CallBack(batch.Tenant, batch.Scan, waiting.Id), TimeSpan.Zero, cancellationToken);
        }

        return true;
    }

    /// <summary>A proposal of the scan is no longer pending: if anybody waits for its batch, it is looked at again.</summary>
    public async Task NoteAsync(TenantId tenant, ScanId scan, CancellationToken cancellationToken)
    {
        if ((await batches.FindAsync(tenant, scan, cancellationToken))?.Item is { } batch && batch.Subscriptions.Any(s => s.IsWaiting))
        {
            await queue.SendAsync(new RequestApprovals(tenant, scan), TimeSpan.Zero, cancellationToken);
        }
    }

    private async Task<BatchEnd> EndOfAsync(ApprovalBatch batch, CancellationToken cancellationToken)
    {
        int approved = 0, rejected = 0;

        foreach (var item in batch.Items)
        {
            var proposal = (await proposals.FindAsync(batch.Tenant, item.Proposal, cancellationToken))?.Item;
            approved += proposal is { HasEnoughApprovals: true } and not { Status: ProposalStatus.Rejected } ? 1 : 0;
            rejected += proposal is { Status: ProposalStatus.Rejected } ? 1 : 0;
        }

        var all = batch.Items.Count;
        var outcome = approved == all ? BatchOutcome.Approved
            : rejected == all ? BatchOutcome.Rejected
            : approved + rejected == 0 ? BatchOutcome.NoAnswer
            : BatchOutcome.Mixed;
        return new(outcome, approved, rejected, all - approved - rejected, clock.GetUtcNow());
    }
}
