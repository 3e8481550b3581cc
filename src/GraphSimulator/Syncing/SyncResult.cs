namespace Reanchor.GraphSimulator;

/// <summary>What a cycle did with one AD account.</summary>
public sealed record SyncResult
{
    public required SyncOutcome Outcome { get; init; }
    public required string Forest { get; init; }
    public required Guid ObjectGuid { get; init; }
    public required string UserPrincipalName { get; init; }

    /// <summary>The cloud user concerned; for a failure, the one in the way.</summary>
    public Guid? UserId { get; init; }

    public SyncError? Error { get; init; }
}
