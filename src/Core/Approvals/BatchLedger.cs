using Reanchor.Auditing;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Approvals;

/// <summary>Changes batches and keeps the audit trail in step, whatever crashes in between.</summary>
public sealed class BatchLedger(IBatchStore batches, IAuditTrail audit)
{
    /// <param name="change">Called anew whenever someone else wrote first; <see langword="null"/> when there is nothing to change.</param>
    /// <returns>As it is stored then; <see langword="null"/> when nothing was changed.</returns>
    public async Task<ApprovalBatch?> ChangeAsync(
        TenantId tenant, ScanId scan, Func<ApprovalBatch, ApprovalBatch?> change, CancellationToken cancellationToken)
    {
        while (await batches.FindAsync(tenant, scan, cancellationToken) is { } found && change(found.Item) is { } changed)
        {
            if (await batches.TryUpdateAsync(found, changed, cancellationToken) is { } written)
            {
                await SettleAsync(written.Item, cancellationToken);
                return written.Item;
            }
        }

        return null;
    }

    /// <summary>Tells the trail what the batch's state calls for, in case a crash kept it from it.</summary>
    public async Task SettleAsync(ApprovalBatch batch, CancellationToken cancellationToken)
    {
        foreach (var told in BatchTrail.EventsOf(batch))
        {
            await audit.AppendAsync(told, cancellationToken);
        }
    }
}
