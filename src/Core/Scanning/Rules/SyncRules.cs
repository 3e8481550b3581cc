using static Reanchor.Scanning.Rules.RuleVerdict;

namespace Reanchor.Scanning.Rules;

/// <summary>What directory synchronisation has done already, and what it is told not to do.</summary>
internal static class SyncRules
{
    /// <summary>Sync makes a second user when an address is taken, and will not match again while that one lives (Learn, "Duplicate attribute resiliency").</summary>
    public static RuleVerdict DuplicateInQuarantine(ClassificationCase c) =>
        Given(c.TenantFacts.Duplicates, "Users in quarantine", duplicates =>
            duplicates.FirstOrDefault(d => d.IsOf(c.User)) is { } duplicate
                ? Fail(Classification.DuplicateInQuarantine,
                    $"Sync has already made {duplicate.UserPrincipalName} because this user owns its address. Remove that duplicate for good first.")
                : Pass("No synced user is in quarantine because of this user's name or addresses."));

    /// <summary>With blockSoftMatchEnabled sync makes a duplicate instead of matching (Learn, "Connect Sync service features").</summary>
    public static RuleVerdict SoftMatchBlocked(ClassificationCase c) =>
        Given(c.TenantFacts.Features, "Whether soft match is blocked", features => features.SoftMatchBlocked
            ? Fail(Classification.EvidenceInsufficient,
                "Soft match is blocked in this tenant: sync would create a second user. Lift blockSoftMatchEnabled first.")
            : Pass("Soft match is not blocked in this tenant."));
}
