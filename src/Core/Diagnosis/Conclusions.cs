using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Scanning.Rules;

namespace Reanchor.Diagnosis;

/// <summary>Sums up the checks of a live user in two sentences.</summary>
internal static class Conclusions
{
    /// <summary>Checks that keep Reanchor from clearing an anchor, but not sync from matching a user that has none.</summary>
    internal static IReadOnlyList<string> AboutClearsOnly { get; } =
    [
        "federatedDomain", "cloudOnlyName", "authorityReverted", "givenBackToAd", "protectedUser", "protectedGroup", "exceptedUser", "restrictedUnit",
        "resourceMailbox", "twoMailboxes", "expectedAnchorUnknown",
    ];

    public static DiagnosisConclusion Of(DiagnosisCase c, IReadOnlyList<DiagnosisCheck> checks)
    {
        var (cause, nextStep) = c.User.IsSynced ? Synced(c)
            : c.User.Anchor is null ? WithoutAnchor(c, checks)
            : c.Assessment.Classification is Classification.Candidate ? Leftover(c, checks)
            : LookAlike(c, checks);

        return new(cause, nextStep, c.Proposal?.Id, c.Proposal?.Status);
    }

    private static (string, string) Synced(DiagnosisCase c)
    {
        if (c.OwnQuarantine is { } quarantine)
        {
            return (
                $"This is the second user that sync made because it could not match the AD account with the right one: it wanted {quarantine.ConflictingValue}, which another object has.",
                $"Ask for the diagnosis of {quarantine.ConflictingValue}. This user has to be deleted, also from the deleted users, before the right one can match.");
        }

        var account = c.Subject.Inventory is { IsKnown: true, Value.AnchorHolders: [var holder, ..] } ? $" AD account {holder.Name}" : "n AD account";
        return (
            $"This user is synced already: it is matched with a{account}. No leftover ImmutableID is involved.",
            "Nothing has to be done to this user. If the sync still reports an error, ask for the diagnosis of the user that the error names.");
    }

    private static (string, string) WithoutAnchor(DiagnosisCase c, IReadOnlyList<DiagnosisCheck> checks)
    {
        const string NoAnchor = "This user carries no ImmutableID, so nothing is left over.";

        var obstacles = checks.Where(check => !AboutClearsOnly.Contains(check.Name)).ToList();

        if (First(obstacles, RuleOutcome.Fail) is { } failed)
        {
            return ($"{NoAnchor} Something else keeps it from matching. {failed.Seen} {failed.Means}", failed.WhatToDo!);
        }

        if (First(obstacles, RuleOutcome.Unknown) is { } unknown)
        {
            return ($"{NoAnchor} Nothing is known to keep it from matching, but not everything could be found out. {unknown.Seen}", unknown.WhatToDo!);
        }

        if (c.Account is not { } account)
        {
            return ($"{NoAnchor} No AD account has its name or primary address, so there is nothing to match.", RuleWords.ByRule["partnerMissing"].WhatToDo);
        }

        var cleared = c.Proposal is { Status: ProposalStatus.Cleared or ProposalStatus.Inconclusive }
            ? $"Reanchor cleared the ImmutableID (proposal {c.Proposal.Id})." : NoAnchor;
        return (
            $"{cleared} Nothing stands in the way of a match with the AD account {account.Name}.",
            "Run a sync (Start-ADSyncSyncCycle -PolicyType Delta on the sync server), or wait for the next one. Then ask again.");
    }

    private static (string, string) Leftover(DiagnosisCase c, IReadOnlyList<DiagnosisCheck> checks)
    {
        var account = c.Account is null ? "any AD account" : $"the AD account {c.Account.Name}";
        var cause = $"This user still carries the ImmutableID of an AD account that no longer exists, {c.User.Anchor}, left over from an earlier directory sync. "
            + $"That is why sync refuses to match it with {account}, and says that its attributes \"may already be associated with another object\".";

        // The classification knows of no obstacle, but what was read besides may.
        var obstacle = checks.FirstOrDefault(check => check.State is RuleOutcome.Fail && check.Name is not DiagnosisChecks.LeftoverAnchor);

        return obstacle is null
            ? (cause, ProposalNextStep.Of(c.Tenant, c.Proposal, c.Now))
            : ($"{cause} Clearing it would not be enough: {obstacle.Seen} {obstacle.Means}", obstacle.WhatToDo!);
    }

    private static (string, string) LookAlike(DiagnosisCase c, IReadOnlyList<DiagnosisCheck> checks)
    {
        var decisive = c.Assessment.FailedChecks.First(check => check.Classification == c.Assessment.Classification);
        var check = checks.Single(one => one.Name == decisive.Check);
        var carries = $"This user carries an ImmutableID, {c.User.Anchor}";

        return check.State is RuleOutcome.Unknown
            ? ($"{carries}. Whether it is left over, and may be cleared, cannot be told yet. {check.Seen}", check.WhatToDo!)
            : ($"{carries}, and Reanchor will not clear it. {check.Seen} {check.Means}", check.WhatToDo!);
    }

    private static DiagnosisCheck? First(IReadOnlyList<DiagnosisCheck> checks, RuleOutcome state) => checks.FirstOrDefault(check => check.State == state);
}
