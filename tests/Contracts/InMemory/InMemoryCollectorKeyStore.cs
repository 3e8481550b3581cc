using System.Runtime.CompilerServices;
using Reanchor.Access;
using Reanchor.Tenants;

namespace Reanchor.Contracts.InMemory;

public sealed class InMemoryCollectorKeyStore : ICollectorKeyStore
{
    private readonly Rows<CollectorKeys> _rows = new();

    public Task<Versioned<CollectorKeys>?> FindAsync(
        TenantId tenant, CollectorId collector, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.Find(Key(tenant, collector)));

    public async IAsyncEnumerable<Versioned<CollectorKeys>> ListAsync(
        TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;

        foreach (var (_, row) in _rows.List($"{tenant}|"))
        {
            yield return row;
        }
    }

    public Task<bool> TryAddAsync(CollectorKeys added, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.TryAdd(Key(added.Tenant, added.Collector), added));

    public Task<Versioned<CollectorKeys>?> TryUpdateAsync(
        Versioned<CollectorKeys> current, CollectorKeys changed, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.TryReplace(Key(changed.Tenant, changed.Collector), current.Version, changed));

    private static string Key(TenantId tenant, CollectorId collector) => $"{tenant}|{collector}";
}
