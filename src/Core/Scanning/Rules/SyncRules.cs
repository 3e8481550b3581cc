using static Reanchor.Scanning.Rules.RuleVerdict;

namespace Reanchor.Scanning.Rules;

/// <summary>What directory synchronisation has done already, and what it is told not to do.</summary>
internal static class SyncRules
{
    /// <summary>
    /// Sync makes a second user when an address is taken, and will not match again while that one lives (Learn, "Identity
    /// synchronization and duplicate attribute resiliency").
    /// </summary>
    public static RuleVerdict DuplicateInQuarantine(ClassificationCase c) =>
        Given(c.TenantFacts.Duplicates, "Users in quarantine", duplicates =>
            duplicates.FirstOrDefault(d => d.IsOf(c.User)) is { } duplicate
                ? Fail(Classification.DuplicateInQuarantine, CureOf(duplicate))
                : Pass("No synced user is in quarantine because of this user's name or addresses."));

    /// <summary>A sync in between would only make the duplicate again, so the order matters.</summary>
    public static string CureOf(QuarantinedDuplicate duplicate) =>
        $"Sync has already made a second user, {duplicate.UserPrincipalName}, because {duplicate.ConflictingValue} was taken. "
        + $"In this order, with the sync schedule stopped: delete {duplicate.UserPrincipalName}, delete it from the deleted users as well, "
        + "clear this user's anchor, run a delta sync.";

    /// <summary>With blockSoftMatchEnabled sync makes a duplicate instead of matching (Learn, "Connect Sync service features").</summary>
    public static RuleVerdict SoftMatchBlocked(ClassificationCase c) =>
        Given(c.TenantFacts.Features, "Whether soft match is blocked", features => features.SoftMatchBlocked
            ? Fail(Classification.EvidenceInsufficient,
                "Soft match is blocked in this tenant: sync would create a second user. Lift blockSoftMatchEnabled first.")
            : Pass("Soft match is not blocked in this tenant."));
}
