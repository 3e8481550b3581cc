using System.Runtime.CompilerServices;
using Reanchor.Tenants;

namespace Reanchor.Contracts.InMemory;

public sealed class InMemoryTenantStore : ITenantStore
{
    private readonly Rows<Tenant> _rows = new();

    public Task<Versioned<Tenant>?> FindAsync(TenantId tenant, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.Find(tenant.ToString()));

    public async IAsyncEnumerable<Tenant> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;

        foreach (var (_, row) in _rows.List(""))
        {
            yield return row.Item;
        }
    }

    public Task<bool> TryAddAsync(Tenant tenant, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.TryAdd(tenant.Id.ToString(), tenant));

    public Task<Versioned<Tenant>?> TryUpdateAsync(
        Versioned<Tenant> current, Tenant changed, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.TryReplace(changed.Id.ToString(), current.Version, changed));

    public Task<bool> TryRemoveAsync(Versioned<Tenant> current, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.TryRemove(current.Item.Id.ToString(), current.Version));
}
