using Reanchor.Syncing;
using Reanchor.Tenants;

namespace Reanchor.Contracts.InMemory;

public sealed class InMemoryCollectorSyncStore : ICollectorSyncStore
{
    private readonly Rows<CollectorSync> _rows = new();

    public Task<CollectorSync?> FindAsync(TenantId tenant, CollectorId collector, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.Find($"{tenant}|{collector}")?.Item);

    public Task SaveAsync(CollectorSync sync, CancellationToken cancellationToken)
    {
        _rows.Put($"{sync.Tenant}|{sync.Collector}", sync);
        return Task.CompletedTask;
    }
}
