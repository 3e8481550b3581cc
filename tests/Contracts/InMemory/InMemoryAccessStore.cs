using System.Runtime.CompilerServices;
using Reanchor.Access;

namespace Reanchor.Contracts.InMemory;

public sealed class InMemoryAccessStore : IAccessStore
{
    private readonly Rows<AccessGrant> _rows = new();

    /// <summary>Runs once, just before the next update: someone else's chance to write first.</summary>
    public Action? BeforeNextUpdate { get; set; }

    public Task<Versioned<AccessGrant>?> FindAsync(Guid principalId, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.Find(Key(principalId)));

    public async IAsyncEnumerable<Versioned<AccessGrant>> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;

        foreach (var (_, row) in _rows.List(""))
        {
            yield return row;
        }
    }

    public Task<bool> TryAddAsync(AccessGrant added, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.TryAdd(Key(added.PrincipalId), added));

    public Task<Versioned<AccessGrant>?> TryUpdateAsync(
        Versioned<AccessGrant> current, AccessGrant changed, CancellationToken cancellationToken)
    {
        var hook = BeforeNextUpdate;
        BeforeNextUpdate = null;
        hook?.Invoke();
        return Task.FromResult(_rows.TryReplace(Key(changed.PrincipalId), current.Version, changed));
    }

    private static string Key(Guid principalId) => principalId.ToString("D");
}
