using Microsoft.Extensions.Logging;
using Reanchor.Access;
using Reanchor.Queueing;
using Reanchor.Tenants;

namespace Reanchor.Scanning;

/// <param name="Reason">Not empty.</param>
public sealed record ResumeScan(TenantId Tenant, ScanId Scan, string Reason, Actor ResumedBy);

public enum ResumeScanOutcome
{
    Resumed,
    NotFound,

    /// <summary>No cap halted it, it was resumed before, it is not the latest scan, or it would propose nothing.</summary>
    NotResumable,

    /// <summary>Another scan was started, or this one was resumed, at this moment.</summary>
    LostRace,
}

/// <param name="Explanation">Why not; <see langword="null"/> when resumed.</param>
public sealed record ResumeScanResult(ResumeScanOutcome Outcome, string? Explanation, Scan? Scan);

/// <summary>
/// Lets one scan that a cap halted go on to propose its candidates. What it found stays as it is; every limit but the caps is
/// checked anew when the scan concludes.
/// </summary>
public sealed class ResumeScanHandler(
    ITenantStore tenants,
    IScanStore scans,
    ScanConclusion conclusion,
    ICommandQueue queue,
    TimeProvider clock,
    ILogger<ResumeScanHandler> logger)
{
    public async Task<ResumeScanResult> HandleAsync(ResumeScan command, CancellationToken cancellationToken)
    {
        var tenant = (await tenants.FindAsync(command.Tenant, cancellationToken))?.Item;
        var found = await scans.FindAsync(command.Tenant, command.Scan, cancellationToken);

        if (tenant is null || found is null)
        {
            return new(ResumeScanOutcome.NotFound, "There is no such scan.", null);
        }

        var latest = await scans.FindLatestAsync(command.Tenant, cancellationToken);

        if (Objection(tenant, found.Item, latest!) is { } objection)
        {
            return new(ResumeScanOutcome.NotResumable, objection, found.Item);
        }

        // The halt goes on record before the state that tells of it is gone.
        await conclusion.SettleAsync(found.Item, cancellationToken);
        var resumed = found.Item.Resume(new(command.ResumedBy, clock.GetUtcNow(), command.Reason));

        if (!await scans.TryReopenAsync(found, resumed, cancellationToken))
        {
            return new(
                ResumeScanOutcome.LostRace,
                "Someone started another scan, or resumed this one, at this moment. Look at the tenant's scans.",
                found.Item);
        }

        await conclusion.TellResumptionAsync(resumed, cancellationToken);
        await queue.SendAsync(ScanTenant.Of(resumed), TimeSpan.Zero, cancellationToken);
        logger.ScanResumed(command.Tenant, command.Scan);
        return new(ResumeScanOutcome.Resumed, null, resumed);
    }

    private static string? Objection(Tenant tenant, Scan scan, Scan latest) =>
        scan.Resumption is { } before
            ? $"{before.ResumedBy.Name} resumed this scan on {TimeText.Of(before.ResumedAt)}; that is possible once. Scan again."
        : latest.Id != scan.Id
            ? $"Scan {latest.Id} is the tenant's latest. What an earlier one found is no longer in force: resume the latest, or scan again."
        : scan.Status is not ScanStatus.Halted
            ? "Only a scan that a cap halted can be resumed. This one is not halted."
        : scan.HaltKind is not HaltKind.Cap
            ? $"Only a scan that a cap halted can be resumed. This one lacks evidence: {scan.HaltReason} Put that right, then scan again."
        : !tenant.Enabled
            ? "The tenant is disabled. An administrator can enable it."
        : tenant.Mode is TenantMode.Report
            ? "The tenant is in report mode, so nothing would be proposed. Set its mode to propose, then scan again."
        : scan.Mode is TenantMode.Report
            ? "The scan was asked to report only, so nothing would be proposed. Scan again with mode propose."
        : null;
}
