using Reanchor.Inventories;
using Reanchor.Tenants;

namespace Reanchor.Scanning;

/// <summary>What stops a scan from proposing, and why.</summary>
public static class ScanLimits
{
    /// <summary>A limit that calls for a person: nothing is proposed and the scan ends halted.</summary>
    /// <returns><see langword="null"/> when every limit holds. The caps of a scan that was resumed are not asked for.</returns>
    public static ScanHalt? Halt(TenantPolicy policy, Scan scan, TenantFacts facts, InventoryCoverage coverage)
    {
        if (!coverage.IsComplete)
        {
            return new(HaltKind.EvidenceMissing, string.Join(' ', coverage.Gaps));
        }

        if (scan.Candidates == 0 || scan.Resumption is not null)
        {
            return null;
        }

        if (scan.Candidates > policy.MaxProposalsPerScan)
        {
            return new(
                HaltKind.Cap,
                $"{scan.Candidates} candidates are more than the {policy.MaxProposalsPerScan} that this tenant's policy allows in one scan. "
                    + "Check the inventories. If the number is right, resume this scan, or raise maxProposalsPerScan.");
        }

        return !facts.UserCount.IsKnown
            ? new(HaltKind.EvidenceMissing, $"The tenant's users could not be counted: {facts.UserCount.UnknownBecause}")
            : scan.Candidates * 100L > facts.UserCount.Value * (long)policy.MaxFlaggedPercent
                ? new(
                    HaltKind.Cap,
                    $"{scan.Candidates} of {facts.UserCount.Value} users are candidates, more than the {policy.MaxFlaggedPercent} % that this "
                        + "tenant's policy allows. Check the inventories. If the number is right, resume this scan, or raise maxFlaggedPercent.")
                : null;
    }

    /// <summary>A state in which candidates are shown but not proposed.</summary>
    /// <returns><see langword="null"/> when the scan may propose.</returns>
    public static string? ReportOnlyReason(Tenant tenant, Scan scan, TenantFacts facts, DateTimeOffset now)
    {
        // First: a scan that nobody gave a mode has the tenant's.
        if (tenant.Mode is TenantMode.Report)
        {
            return "The tenant is in report mode. An administrator can set it to propose.";
        }

        if (scan.Mode is TenantMode.Report)
        {
            return "The scan was asked to report only.";
        }

        if (!facts.Sync.IsKnown)
        {
            return $"The state of directory synchronisation could not be read: {facts.Sync.UnknownBecause}";
        }

        return SyncTrouble(tenant.Policy, facts.Sync.Value, now);
    }

    /// <summary>Why nothing would match, because nothing syncs.</summary>
    /// <returns><see langword="null"/> when the tenant's sync runs.</returns>
    public static string? SyncTrouble(TenantPolicy policy, OrganisationSync sync, DateTimeOffset now) =>
        sync.Enabled is not true
            ? "Directory synchronisation is off for this tenant, so nothing would match after a clear."
            : now - sync.LastSyncAt is not { } age || age > TimeSpan.FromHours(policy.SyncMaxAgeHours)
                ? $"The last directory sync was {sync.LastSyncAt?.ToString("u") ?? "never"}. Get the sync server running first."
                : null;
}
