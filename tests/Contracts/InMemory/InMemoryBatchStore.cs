using System.Runtime.CompilerServices;
using Reanchor.Approvals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Contracts.InMemory;

public sealed class InMemoryBatchStore : IBatchStore
{
    private readonly Rows<ApprovalBatch> _rows = new();

    /// <summary>Runs once, just before the next update: someone else's chance to write first, or to pull the plug.</summary>
    public Action? BeforeNextUpdate { get; set; }

    public Task<Versioned<ApprovalBatch>?> FindAsync(TenantId tenant, ScanId scan, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.Find($"{tenant}|{scan}"));

    public async IAsyncEnumerable<ApprovalBatch> ListOpenAsync(TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;

        foreach (var (_, row) in _rows.List($"{tenant}|").Where(r => r.Value.Item.IsOpen))
        {
            yield return row.Item;
        }
    }

    public Task<bool> TryAddAsync(ApprovalBatch batch, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.TryAdd($"{batch.Tenant}|{batch.Scan}", batch));

    public Task<Versioned<ApprovalBatch>?> TryUpdateAsync(
        Versioned<ApprovalBatch> current, ApprovalBatch changed, CancellationToken cancellationToken)
    {
        var hook = BeforeNextUpdate;
        BeforeNextUpdate = null;
        hook?.Invoke();
        return Task.FromResult(_rows.TryReplace($"{changed.Tenant}|{changed.Scan}", current.Version, changed));
    }
}
