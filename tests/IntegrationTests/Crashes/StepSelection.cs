namespace Reanchor.IntegrationTests.Crashes;

/// <summary>At which writes of a story something goes wrong: at all of them in a long run, at the telling ones otherwise.</summary>
internal static class StepSelection
{
    /// <summary>Without these it is not the story that is meant, and the matrix would have shrunk without a word.</summary>
    public static readonly IReadOnlyList<string> Expected =
    [
        "batch ReanchorScans queued", "PUT ReanchorScans completed", "DELETE reanchor-scans",
        "POST ReanchorProposals pending verified", "DELETE reanchor-candidates verified", "POST reanchor-clears verified",
        "batch ReanchorProposals clearing verified", "POST ReanchorAudit ClearStarted verified", "PATCH null verified",
        "PUT ReanchorProposals cleared verified", "POST ReanchorAudit AnchorCleared verified", "DELETE reanchor-clears verified",
        "PUT ReanchorProposals cleared verified #2", "batch ReanchorProposals verified verified", "POST ReanchorAudit MatchVerified verified",
        "PUT ReanchorProposals restoring restored", "PATCH anchor restored", "PUT ReanchorProposals restored restored",
        "POST ReanchorAudit AnchorRestored restored", "DELETE reanchor-restores restored",
    ];

    public static IEnumerable<Strike> Of(IReadOnlyList<string> steps)
    {
        // The first user's clear is the second user's all over again.
        var restore = steps.ToList().FindIndex(step => step.Contains(" restoring ", StringComparison.Ordinal));
        var distinct = steps.Where((step, i) => i >= restore || !IsOfTheFirst(step)).ToList();

        if (LongRun.IsOn)
        {
            return distinct.SelectMany(step => Enum.GetValues<StrikeKind>().Select(kind => new Strike(kind, step)));
        }

        var before = steps.Take(restore).ToHashSet();
        var telling = distinct.Where(step => !before.Contains(step) && !IsSmall(step)).ToList();

        // What is stored when a process dies after a write is what is stored when it dies before the next one.
        return
        [
            .. distinct.Except(telling).Where((_, i) => i % 3 == 0).Select(step => new Strike(StrikeKind.KilledAfter, step)),
            .. telling.SelectMany(step => new[] { new Strike(StrikeKind.KilledAfter, step), new Strike(StrikeKind.AnswerLost, step) }),
            .. telling.Where(step => step.StartsWith("PATCH", StringComparison.Ordinal)).Select(step => new Strike(StrikeKind.KilledBefore, step)),
        ];
    }

    private static bool IsOfTheFirst(string step) =>
        step.Contains(" restored", StringComparison.Ordinal) && !step.Contains(" verified", StringComparison.Ordinal);

    /// <summary>Approving, and telling the trail what it knows.</summary>
    private static bool IsSmall(string step) =>
        step.Contains("pprove", StringComparison.Ordinal)
        || (step.Contains("ReanchorAudit", StringComparison.Ordinal) && step.Contains('#', StringComparison.Ordinal));
}
