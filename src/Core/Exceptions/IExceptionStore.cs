using Reanchor.Tenants;

namespace Reanchor.Exceptions;

/// <summary>The latest exception of each user that ever had one, in force or ended.</summary>
public interface IExceptionStore
{
    Task<Versioned<ExceptedUser>?> FindAsync(TenantId tenant, Guid userId, CancellationToken cancellationToken);

    /// <summary>All of the tenant's, in the order of user ids. People make them by hand, so there are few.</summary>
    IAsyncEnumerable<Versioned<ExceptedUser>> ListAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <returns><see langword="false"/> if the user has one, in force or ended.</returns>
    Task<bool> TryAddAsync(ExceptedUser exception, CancellationToken cancellationToken);

    /// <returns>The new version, or <see langword="null"/> if someone else wrote first.</returns>
    Task<Versioned<ExceptedUser>?> TryUpdateAsync(
        Versioned<ExceptedUser> current, ExceptedUser changed, CancellationToken cancellationToken);
}
