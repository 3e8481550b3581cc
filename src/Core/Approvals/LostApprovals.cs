using Microsoft.Extensions.Options;
using Reanchor.Queueing;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Approvals;

/// <summary>Sends again what a crash, a workflow that was away or a given-up message left behind. Every command is safe to receive twice.</summary>
public sealed class LostApprovals(
    IScanStore scans, IBatchStore batches, BatchDraft draft, ICommandQueue queue, IOptionsMonitor<ApprovalsOptions> options)
{
    /// <returns>How many batches are looked at again.</returns>
    public async Task<int> ResumeAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        var resumed = 0;

        await foreach (var batch in batches.ListOpenAsync(tenant.Id, cancellationToken))
        {
            await queue.SendAsync(new RequestApprovals(batch.Tenant, batch.Scan), TimeSpan.Zero, cancellationToken);
            resumed++;
        }

        return resumed + (await AskAboutTheLatestAsync(tenant, cancellationToken) ? 1 : 0);
    }

    /// <summary>Its proposals may have come too late for a batch, or the message got lost.</summary>
    private async Task<bool> AskAboutTheLatestAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        if (options.CurrentValue.WorkflowOf(tenant.Policy) is null
            || await scans.FindLatestAsync(tenant.Id, cancellationToken) is not { Status: ScanStatus.Completed, Candidates: > 0 } scan
            || await batches.FindAsync(tenant.Id, scan.Id, cancellationToken) is not null
            || (await draft.PendingAsync(tenant.Id, scan.Id, cancellationToken)).Count == 0)
        {
            return false;
        }

        await queue.SendAsync(new RequestApprovals(tenant.Id, scan.Id), options.CurrentValue.BatchDelay, cancellationToken);
        return true;
    }
}
