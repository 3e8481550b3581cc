namespace Reanchor.GraphSimulator;

/// <summary>What one synchronisation cycle did, account by account.</summary>
public sealed record SyncReport
{
    public required DateTimeOffset FinishedAt { get; init; }
    public required IReadOnlyList<SyncResult> Results { get; init; }

    public int Count(SyncOutcome outcome) => Results.Count(result => result.Outcome == outcome);

    public IEnumerable<SyncResult> Of(SyncOutcome outcome) => Results.Where(result => result.Outcome == outcome);
}
