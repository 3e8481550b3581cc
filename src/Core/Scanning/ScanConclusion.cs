using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Reanchor.Approvals;
using Reanchor.Auditing;
using Reanchor.Inventories;
using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Telemetry;
using Reanchor.Tenants;

namespace Reanchor.Scanning;

/// <summary>Ends a scan: checks the limits, sends candidates on if all hold, and tells the trail.</summary>
public sealed class ScanConclusion(
    IScanStore scans,
    IFindingStore findings,
    IInventoryStore inventories,
    IAuditTrail audit,
    ICommandQueue queue,
    IOptionsMonitor<ApprovalsOptions> approvals,
    TimeProvider clock,
    ILogger<ScanConclusion> logger)
{
    /// <param name="current">Every page is classified.</param>
    public async Task<ScanOutcome> ConcludeAsync(
        Tenant tenant, Versioned<Scan> current, TenantFacts facts, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var scan = current.Item;

        // A crash may have kept it from the trail; it stands there before anything is proposed.
        await TellResumptionAsync(scan, cancellationToken);

        var records = (await inventories.ListAsync(tenant.Id, cancellationToken)).Select(r => r.Item).ToList();
        var coverage = InventoryCoverage.Of(tenant, records, now);

        if (ScanLimits.Halt(tenant.Policy, scan, facts, coverage) is { } halt)
        {
            return await EndAsync(current, scan.Halt(halt, now), cancellationToken);
        }

        var reportOnly = ScanLimits.ReportOnlyReason(tenant, scan, facts, now);

        if (reportOnly is null)
        {
            // Before the scan ends: a crash in between repeats this, and proposing twice proposes once.
            await foreach (var userId in findings.ListCandidatesAsync(scan, cancellationToken))
            {
                await queue.SendAsync(new ProposeClear(tenant.Id, scan.Id, userId), TimeSpan.Zero, cancellationToken);
            }

            if (scan.Candidates > 0 && approvals.CurrentValue.WorkflowOf(tenant.Policy) is not null)
            {
                await queue.SendAsync(new RequestApprovals(tenant.Id, scan.Id), approvals.CurrentValue.BatchDelay, cancellationToken);
            }
        }

        return await EndAsync(current, scan.Complete(reportOnly, now), cancellationToken);
    }

    public Task<ScanOutcome> FailAsync(Versioned<Scan> current, string reason, CancellationToken cancellationToken) =>
        EndAsync(current, current.Item.Fail(reason, clock.GetUtcNow()), cancellationToken);

    /// <summary>Tells the trail that a scan was resumed, if it was.</summary>
    public async Task TellResumptionAsync(Scan scan, CancellationToken cancellationToken)
    {
        if (ScanTrail.ResumptionOf(scan) is { } resumed)
        {
            await audit.AppendAsync(resumed, cancellationToken);
        }
    }

    /// <summary>Tells the trail of a scan that has ended, in case a crash kept its event from it.</summary>
    public async Task<ScanOutcome> SettleAsync(Scan ended, CancellationToken cancellationToken)
    {
        await TellResumptionAsync(ended, cancellationToken);
        await audit.AppendAsync(ScanTrail.EndOf(ended), cancellationToken);

        return ended.Status switch
        {
            ScanStatus.Completed => ScanOutcome.Completed,
            ScanStatus.Halted => ScanOutcome.Halted,
            _ => ScanOutcome.Failed,
        };
    }

    private async Task<ScanOutcome> EndAsync(Versioned<Scan> current, Scan ended, CancellationToken cancellationToken)
    {
        if (await scans.TryUpdateAsync(current, ended, cancellationToken) is null)
        {
            return ScanOutcome.Overtaken;
        }

        Metrics.ScanEnded(ended);
        var outcome = await SettleAsync(ended, cancellationToken);
        logger.ScanEnded(ended.Tenant, ended.Id, outcome, ended.UsersRead, ended.Candidates);

        if (outcome is not ScanOutcome.Completed)
        {
            logger.ScanStopped(ended.Tenant, ended.Id, outcome);
        }

        return outcome;
    }
}
