using System.Runtime.CompilerServices;
using Reanchor.Tenants;

namespace Reanchor.Contracts.InMemory;

public sealed class InMemoryTenantStore : ITenantStore
{
    private readonly Rows<Tenant> _rows = new();

    public Task<Versioned<Tenant>?> FindAsync(TenantId tenant, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.Find(tenant.ToString()) is { Item.IsRemoved: false } found ? found : null);

    public Task<Versioned<Tenant>?> FindEvenRemovedAsync(TenantId tenant, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.Find(tenant.ToString()));

    public IAsyncEnumerable<Tenant> ListAsync(CancellationToken cancellationToken) =>
        ListEvenRemovedAsync(cancellationToken).Where(tenant => !tenant.IsRemoved);

    public async IAsyncEnumerable<Tenant> ListEvenRemovedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;

        foreach (var (_, row) in _rows.List(""))
        {
            yield return row.Item;
        }
    }

    public Task<bool> TryAddAsync(Tenant added, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.TryAdd(added.Id.ToString(), added));

    public Task<Versioned<Tenant>?> TryUpdateAsync(
        Versioned<Tenant> current, Tenant changed, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.TryReplace(changed.Id.ToString(), current.Version, changed));
}
