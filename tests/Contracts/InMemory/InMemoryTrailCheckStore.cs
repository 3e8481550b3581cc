using Reanchor.Sealing;
using Reanchor.Tenants;

namespace Reanchor.Contracts.InMemory;

public sealed class InMemoryTrailCheckStore : ITrailCheckStore
{
    private readonly Rows<TrailCheck> _rows = new();

    public Task<TrailCheck?> FindAsync(TenantId tenant, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.Find(tenant.ToString())?.Item);

    public Task SaveAsync(TrailCheck check, CancellationToken cancellationToken)
    {
        _rows.Put(check.Tenant.ToString(), check);
        return Task.CompletedTask;
    }
}
