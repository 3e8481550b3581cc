namespace Reanchor.Access;

/// <summary>The latest grant of each person, group or application that ever had one, in force or taken back.</summary>
public interface IAccessStore
{
    Task<Versioned<AccessGrant>?> FindAsync(Guid principalId, CancellationToken cancellationToken);

    /// <summary>All of them, in the order of ids. People make them by hand, so there are few.</summary>
    IAsyncEnumerable<Versioned<AccessGrant>> ListAsync(CancellationToken cancellationToken);

    /// <returns><see langword="false"/> if the principal has one, in force or taken back.</returns>
    Task<bool> TryAddAsync(AccessGrant grant, CancellationToken cancellationToken);

    /// <returns>The new version, or <see langword="null"/> if someone else wrote first.</returns>
    Task<Versioned<AccessGrant>?> TryUpdateAsync(
        Versioned<AccessGrant> current, AccessGrant changed, CancellationToken cancellationToken);
}
