using Microsoft.Extensions.Logging;
using Reanchor.Access;
using Reanchor.Auditing;
using Reanchor.Inventories;
using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Tenants;

namespace Reanchor.Scanning;

/// <summary>Ends a scan: checks the limits, sends candidates on if all hold, and tells the trail.</summary>
public sealed class ScanConclusion(
    IScanStore scans,
    IFindingStore findings,
    IInventoryStore inventories,
    IAuditTrail audit,
    ICommandQueue queue,
    TimeProvider clock,
    ILogger<ScanConclusion> logger)
{
    /// <param name="current">Every page is classified.</param>
    public async Task<ScanOutcome> ConcludeAsync(
        Tenant tenant, Versioned<Scan> current, TenantFacts facts, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var scan = current.Item;
        var records = (await inventories.ListAsync(tenant.Id, cancellationToken)).Select(r => r.Item).ToList();
        var coverage = InventoryCoverage.Of(tenant, records, now);

        if (ScanLimits.HaltReason(tenant.Policy, scan, facts, coverage) is { } halt)
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
        }

        return await EndAsync(current, scan.Complete(reportOnly, now), cancellationToken);
    }

    public Task<ScanOutcome> FailAsync(Versioned<Scan> current, string reason, CancellationToken cancellationToken) =>
        EndAsync(current, current.Item.Fail(reason, clock.GetUtcNow()), cancellationToken);

    /// <summary>Tells the trail of a scan that has ended, in case a crash kept its event from it.</summary>
    public async Task<ScanOutcome> SettleAsync(Scan ended, CancellationToken cancellationToken)
    {
        var header = new EventHeader(ended.Tenant, ended.EndedAt!.Value, Actor.System)
        {
            Scan = ended.Id,
            Reason = ended.HaltReason ?? ended.Fault,
        };

        switch (ended.Status)
        {
            case ScanStatus.Completed:
                await audit.AppendAsync(
                    new ScanCompleted(header) { Counts = ended.Counts, ReportOnlyBecause = ended.ReportOnlyBecause }, cancellationToken);
                return ScanOutcome.Completed;
            case ScanStatus.Halted:
                await audit.AppendAsync(new ScanHalted(header) { Counts = ended.Counts }, cancellationToken);
                return ScanOutcome.Halted;
            default:
                await audit.AppendAsync(new ScanFailed(header), cancellationToken);
                return ScanOutcome.Failed;
        }
    }

    private async Task<ScanOutcome> EndAsync(Versioned<Scan> current, Scan ended, CancellationToken cancellationToken)
    {
        if (await scans.TryUpdateAsync(current, ended, cancellationToken) is null)
        {
            return ScanOutcome.Overtaken;
        }

        var outcome = await SettleAsync(ended, cancellationToken);
        logger.ScanEnded(ended.Tenant, ended.Id, outcome, ended.UsersRead, ended.Candidates);

        if (outcome is not ScanOutcome.Completed)
        {
            logger.ScanStopped(ended.Tenant, ended.Id, outcome);
        }

        return outcome;
    }
}
