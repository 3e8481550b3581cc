using System.Runtime.CompilerServices;
using Reanchor.Exceptions;
using Reanchor.Tenants;

namespace Reanchor.Contracts.InMemory;

public sealed class InMemoryExceptionStore : IExceptionStore
{
    private readonly Rows<ExceptedUser> _rows = new();

    /// <summary>Runs once, just before the next update: someone else's chance to write first.</summary>
    public Action? BeforeNextUpdate { get; set; }

    public Task<Versioned<ExceptedUser>?> FindAsync(TenantId tenant, Guid userId, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.Find(Key(tenant, userId)));

    public async IAsyncEnumerable<Versioned<ExceptedUser>> ListAsync(
        TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;

        foreach (var (_, row) in _rows.List($"{tenant}|"))
        {
            yield return row;
        }
    }

    public Task<bool> TryAddAsync(ExceptedUser added, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.TryAdd(Key(added.Tenant, added.UserId), added));

    public Task<Versioned<ExceptedUser>?> TryUpdateAsync(
        Versioned<ExceptedUser> current, ExceptedUser changed, CancellationToken cancellationToken)
    {
        var hook = BeforeNextUpdate;
        BeforeNextUpdate = null;
        hook?.Invoke();
        return Task.FromResult(_rows.TryReplace(Key(changed.Tenant, changed.UserId), current.Version, changed));
    }

    private static string Key(TenantId tenant, Guid userId) => $"{tenant}|{userId:D}";
}
