namespace Reanchor.Access;

/// <summary>The latest grant of each person, group or application that ever had one, in force or taken back.</summary>
public interface IAccessStore : IStateStore<AccessGrant>
{
    Task<Versioned<AccessGrant>?> FindAsync(Guid principalId, CancellationToken cancellationToken);

    /// <summary>All of them, in the order of ids. People make them by hand, so there are few.</summary>
    IAsyncEnumerable<Versioned<AccessGrant>> ListAsync(CancellationToken cancellationToken);
}
