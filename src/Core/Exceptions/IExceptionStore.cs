using Reanchor.Tenants;

namespace Reanchor.Exceptions;

/// <summary>The latest exception of each user that ever had one, in force or ended.</summary>
public interface IExceptionStore : IStateStore<ExceptedUser>
{
    Task<Versioned<ExceptedUser>?> FindAsync(TenantId tenant, Guid userId, CancellationToken cancellationToken);

    /// <summary>All of the tenant's, in the order of user ids. People make them by hand, so there are few.</summary>
    IAsyncEnumerable<Versioned<ExceptedUser>> ListAsync(TenantId tenant, CancellationToken cancellationToken);
}
