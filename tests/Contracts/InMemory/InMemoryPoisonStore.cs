using Reanchor.Poison;
using Reanchor.Tenants;

namespace Reanchor.Contracts.InMemory;

public sealed class InMemoryPoisonStore : IPoisonStore
{
    private readonly Rows<PoisonItem> _rows = new();

    /// <summary>Runs once, just before the next update: someone else's chance to write first, or to pull the plug.</summary>
    public Action? BeforeNextUpdate { get; set; }

    public Task<Versioned<PoisonItem>?> FindAsync(TenantId tenant, string id, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.Find($"{tenant}|{id}"));

    public Task<Page<PoisonItem>> ListAsync(
        TenantId tenant, PoisonStatus? status, int top, string? continuation, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.Page($"{tenant}|", i => status is null || i.Status == status, top, continuation));

    public Task<bool> TryAddAsync(PoisonItem item, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.TryAdd($"{item.Tenant}|{item.Id}", item));

    public Task<Versioned<PoisonItem>?> TryUpdateAsync(
        Versioned<PoisonItem> current, PoisonItem changed, CancellationToken cancellationToken)
    {
        var hook = BeforeNextUpdate;
        BeforeNextUpdate = null;
        hook?.Invoke();
        return Task.FromResult(_rows.TryReplace($"{changed.Tenant}|{changed.Id}", current.Version, changed));
    }
}
