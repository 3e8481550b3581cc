using Reanchor.Clearing;
using Reanchor.Proposals;
using Reanchor.Tenants;

namespace Reanchor.Contracts.InMemory;

public sealed class InMemoryBreakerStore(InMemoryProposalStore proposals) : IBreakerStore
{
    private readonly Lock _lock = new();
    private readonly Rows<TenantBreakers> _rows = new();

    /// <summary>Runs once, just before the next update of the breakers alone.</summary>
    public Action? BeforeNextUpdate { get; set; }

    public Task<Versioned<TenantBreakers>> FindAsync(TenantId tenant, CancellationToken cancellationToken) =>
        Task.FromResult(Find(tenant));

    public Task<bool> TryUpdateAsync(
        Versioned<TenantBreakers> current, TenantBreakers changed, CancellationToken cancellationToken)
    {
        var hook = BeforeNextUpdate;
        BeforeNextUpdate = null;
        hook?.Invoke();

        lock (_lock)
        {
            return Task.FromResult(TryReplace(current, changed));
        }
    }

    public Task<JointUpdate> TryUpdateAsync(
        Versioned<TenantBreakers> current,
        TenantBreakers changed,
        Versioned<Proposal> proposal,
        Proposal moved,
        CancellationToken cancellationToken)
    {
        proposals.BeforeUpdate();

        lock (_lock)
        {
            if (Find(changed.Tenant).Version != current.Version)
            {
                return Task.FromResult(new JointUpdate(BreakersChanged: true, null));
            }

            var stored = proposals.TryReplace(proposal, moved);
            return Task.FromResult(new JointUpdate(BreakersChanged: stored is not null && !TryReplace(current, changed), stored));
        }
    }

    private Versioned<TenantBreakers> Find(TenantId tenant) =>
        _rows.Find(tenant.ToString()) ?? new(new() { Tenant = tenant }, "");

    private bool TryReplace(Versioned<TenantBreakers> current, TenantBreakers changed) => current.Version.Length == 0
        ? _rows.TryAdd(changed.Tenant.ToString(), changed)
        : _rows.TryReplace(changed.Tenant.ToString(), current.Version, changed) is not null;
}
