using Reanchor.Tenants;

namespace Reanchor.Scanning;

/// <summary>The latest finding of each user. Written by scans alone; nobody decides on these rows.</summary>
public interface IFindingStore
{
    Task<Finding?> FindAsync(TenantId tenant, Guid userId, CancellationToken cancellationToken);

    /// <summary>The findings of these users, those that exist.</summary>
    Task<IReadOnlyList<Finding>> FindManyAsync(
        TenantId tenant, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken);

    /// <summary>Puts the findings in place of earlier ones of the same users.</summary>
    Task SaveAsync(TenantId tenant, IReadOnlyList<Finding> findings, CancellationToken cancellationToken);

    /// <summary>
    /// What a scan found since it last started over, in the order of user ids. A later scan takes over the users it finds again.
    /// </summary>
    Task<Page<Finding>> ListAsync(
        Scan scan, Classification? classification, int top, string? continuation, CancellationToken cancellationToken);

    /// <summary>The users that a scan classified as candidates since it last started over.</summary>
    IAsyncEnumerable<Guid> ListCandidatesAsync(Scan scan, CancellationToken cancellationToken);
}
