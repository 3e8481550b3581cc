namespace Reanchor.IntegrationTests.Crashes;

/// <summary>At which writes of a story something goes wrong: at all of them in a long run, at the telling ones otherwise.</summary>
internal static class StepSelection
{
    /// <summary>
    /// Each command's own writes, in their order, as far as they are the same in every run. Without them it is not the story that is
    /// meant, and the matrix would have shrunk without a word.
    /// </summary>
    public static readonly IReadOnlyList<(string Command, string[] Steps)> Expected =
    [
        ("RequestScan", ["batch ReanchorScans queued", "POST ReanchorAudit ScanRequested", "POST reanchor-scans"]),
        ("ScanTenant",
        [
            "PUT ReanchorScans running", "batch ReanchorFindings restored", "PUT ReanchorScans running page 1",
            "POST reanchor-scans #2", "DELETE reanchor-scans",
            "PUT ReanchorScans running page 1 #2", "batch ReanchorFindings verified", "PUT ReanchorScans running page 2",
            "POST reanchor-scans #3", "DELETE reanchor-scans #2",
            "PUT ReanchorScans running page 2 #2", "batch ReanchorFindings", "PUT ReanchorScans running page 3",
            "POST reanchor-candidates restored", "POST reanchor-candidates verified", "PUT ReanchorScans completed page 3",
            "POST ReanchorAudit ScanCompleted", "DELETE reanchor-scans #3",
        ]),
        ("ProposeClear",
        [
            "POST ReanchorProposals pending verified", "POST ReanchorAudit ClearProposed verified", "DELETE reanchor-candidates verified",
        ]),
        ("DecideProposal",
        [
            "PUT ReanchorProposals approved verified", "POST ReanchorAudit ProposalApproved verified", "POST reanchor-clears verified",
        ]),
        ("ApplyClear",
        [
            "batch ReanchorProposals clearing verified", "POST ReanchorAudit ClearStarted verified", "PATCH null verified",
            "PUT ReanchorProposals cleared verified", "POST ReanchorAudit AnchorCleared verified", "POST reanchor-verifications verified",
            "DELETE reanchor-clears verified",
        ]),
        ("VerifyClear",
        [
            "PUT ReanchorProposals cleared verified #2", "POST reanchor-verifications verified #2", "DELETE reanchor-verifications verified",
            "batch ReanchorProposals verified verified", "POST ReanchorAudit MatchVerified verified",
        ]),
        ("RequestRestore",
        [
            "PUT ReanchorProposals restoring restored", "POST ReanchorAudit RestoreRequested restored", "POST reanchor-restores restored",
        ]),
        ("RestoreAnchor",
        [
            "PUT ReanchorProposals restoring restored #2", "PATCH anchor restored", "PUT ReanchorProposals restored restored",
            "POST ReanchorAudit AnchorRestored restored", "DELETE reanchor-restores restored",
        ]),
    ];

    private static readonly HashSet<string> Named = [.. Expected.SelectMany(command => command.Steps)];

    public static IEnumerable<Strike> Of(IReadOnlyList<string> steps)
    {
        // The first user's clear is the second user's all over again.
        var decision = steps.ToList().FindIndex(step => step.Contains(" approved ", StringComparison.Ordinal));
        var restore = steps.ToList().FindIndex(step => step.Contains(" restoring ", StringComparison.Ordinal));
        var distinct = steps.Where((step, i) => i < decision || i >= restore || !IsOfTheFirst(step)).ToList();

        if (LongRun.IsOn)
        {
            return distinct.SelectMany(step => Enum.GetValues<StrikeKind>().Select(kind => new Strike(kind, step)));
        }

        var before = steps.Take(restore).ToHashSet();
        var telling = distinct.Where(step => !before.Contains(step) && !IsSmall(step)).ToList();

        // What is stored when a process dies after a write is what is stored when it dies before the next one.
        return
        [
            .. Expected.SelectMany(command => command.Steps.Where((_, i) => i % 3 == 2)).Except(telling)
                .Select(step => new Strike(StrikeKind.KilledBefore, step)),
            .. telling.SelectMany(step => new[] { new Strike(StrikeKind.KilledAfter, step), new Strike(StrikeKind.AnswerLost, step) }),
            .. telling.Where(step => step.StartsWith("PATCH", StringComparison.Ordinal)).Select(step => new Strike(StrikeKind.KilledBefore, step)),
        ];
    }

    /// <summary>How often any other step is done again is a matter of timing, so a story may come by without it.</summary>
    public static bool IsCertain(string step) => Named.Contains(step) || !step.Contains('#', StringComparison.Ordinal);

    private static bool IsOfTheFirst(string step) =>
        step.Contains(" restored", StringComparison.Ordinal) && !step.Contains(" verified", StringComparison.Ordinal);

    /// <summary>Approving, and telling the trail what it knows.</summary>
    private static bool IsSmall(string step) =>
        step.Contains("pprove", StringComparison.Ordinal)
        || (step.Contains("ReanchorAudit", StringComparison.Ordinal) && step.Contains('#', StringComparison.Ordinal));
}
