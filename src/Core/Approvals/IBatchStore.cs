using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Approvals;

public interface IBatchStore
{
    /// <summary>The batch of a scan; there is at most one.</summary>
    Task<Versioned<ApprovalBatch>?> FindAsync(TenantId tenant, ScanId scan, CancellationToken cancellationToken);

    /// <summary>The tenant's batches for which something is still to be done.</summary>
    IAsyncEnumerable<ApprovalBatch> ListOpenAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <returns><see langword="false"/> if the scan has a batch already.</returns>
    Task<bool> TryAddAsync(ApprovalBatch batch, CancellationToken cancellationToken);

    /// <returns>The new version, or <see langword="null"/> if someone else wrote first.</returns>
    Task<Versioned<ApprovalBatch>?> TryUpdateAsync(
        Versioned<ApprovalBatch> current, ApprovalBatch changed, CancellationToken cancellationToken);
}
