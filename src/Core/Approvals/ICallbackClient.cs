namespace Reanchor.Approvals;

/// <summary>Calls addresses that somebody outside chose, and so trusts none of them.</summary>
public interface ICallbackClient
{
    /// <returns>Why the address must not be called, for whoever gave it; <see langword="null"/> when it may be.</returns>
    Task<string?> ObjectionAsync(Uri address, CancellationToken cancellationToken);

    /// <returns>Why it is given up; <see langword="null"/> when the subscriber took it.</returns>
    /// <exception cref="WorkflowUnavailableException">A later retry may do better.</exception>
    Task<string?> SendAsync(Uri address, CallbackNotice notice, CancellationToken cancellationToken);
}

/// <summary>What a subscriber hears.</summary>
public sealed record CallbackNotice(
    BatchId BatchId, Guid TenantId, BatchOutcome Outcome, int Approved, int Rejected, int Undecided, DateTimeOffset DecidedAt);
