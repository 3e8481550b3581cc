using System.Runtime.CompilerServices;
using Reanchor.Proposals;
using Reanchor.Tenants;

namespace Reanchor.Contracts.InMemory;

public sealed class InMemoryProposalStore(TimeProvider clock) : IProposalStore
{
    private readonly Rows<Proposal> _rows = new();

    /// <summary>Runs once, just before the next update: someone else's chance to write first, or to pull the plug.</summary>
    public Action? BeforeNextUpdate { get; set; }

    public Task<Versioned<Proposal>?> FindAsync(TenantId tenant, ProposalId id, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.Find(Key(tenant, id)));

    public Task<Versioned<Proposal>?> FindLatestAsync(TenantId tenant, Guid userId, CancellationToken cancellationToken) =>
        Task.FromResult(OfUser(tenant, userId).LastOrDefault());

    public IAsyncEnumerable<Versioned<Proposal>> ListOfUserAsync(TenantId tenant, Guid userId, CancellationToken cancellationToken) =>
        OfUser(tenant, userId).ToAsyncEnumerable();

    public Task<Page<Proposal>> ListAsync(
        TenantId tenant, ProposalStatus? status, int top, string? continuation, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.Page($"{tenant}|", p => status is null || p.Status == status, top, continuation));

    public async IAsyncEnumerable<Versioned<Proposal>> ListUnsettledAsync(
        TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;

        foreach (var (_, row) in _rows.List($"{tenant}|"))
        {
            if (row.Item.IsOpen || row.Item.StatusAt >= clock.GetUtcNow().AddDays(-1))
            {
                yield return row;
            }
        }
    }

    public Task<bool> TryAddAsync(Proposal added, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.TryAdd(Key(added.Tenant, added.Id), added));

    public Task<Versioned<Proposal>?> TryUpdateAsync(
        Versioned<Proposal> current, Proposal changed, CancellationToken cancellationToken)
    {
        BeforeUpdate();
        return Task.FromResult(TryReplace(current, changed));
    }

    internal void BeforeUpdate()
    {
        var hook = BeforeNextUpdate;
        BeforeNextUpdate = null;
        hook?.Invoke();
    }

    internal Versioned<Proposal>? TryReplace(Versioned<Proposal> current, Proposal changed) =>
        _rows.TryReplace(Key(changed.Tenant, changed.Id), current.Version, changed);

    /// <summary>Overwrites the row behind Reanchor's back.</summary>
    public void Tamper(Proposal proposal) => _rows.Put(Key(proposal.Tenant, proposal.Id), proposal);

    private IEnumerable<Versioned<Proposal>> OfUser(TenantId tenant, Guid userId) =>
        _rows.List($"{tenant}|{userId:N}-").Select(r => r.Value);

    private static string Key(TenantId tenant, ProposalId id) => $"{tenant}|{id}";
}
