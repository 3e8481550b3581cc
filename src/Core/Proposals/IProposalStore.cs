using Reanchor.Tenants;

namespace Reanchor.Proposals;

public interface IProposalStore : IStateStore<Proposal>
{
    Task<Versioned<Proposal>?> FindAsync(TenantId tenant, ProposalId id, CancellationToken cancellationToken);

    /// <summary>The newest proposal of a user.</summary>
    Task<Versioned<Proposal>?> FindLatestAsync(TenantId tenant, Guid userId, CancellationToken cancellationToken);

    /// <summary>All proposals of a user, oldest first.</summary>
    IAsyncEnumerable<Versioned<Proposal>> ListOfUserAsync(TenantId tenant, Guid userId, CancellationToken cancellationToken);

    /// <summary>In the order of users, oldest proposal first.</summary>
    /// <param name="status"><see langword="null"/> for all.</param>
    Task<Page<Proposal>> ListAsync(
        TenantId tenant, ProposalStatus? status, int top, string? continuation, CancellationToken cancellationToken);

    /// <summary>
    /// Proposals that somebody or something still has to act on, and those that came to rest within the last day, whose last
    /// event a crash may have kept from the trail.
    /// </summary>
    IAsyncEnumerable<Versioned<Proposal>> ListUnsettledAsync(TenantId tenant, CancellationToken cancellationToken);
}
