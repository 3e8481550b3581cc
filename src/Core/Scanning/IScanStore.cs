using Reanchor.Tenants;

namespace Reanchor.Scanning;

public interface IScanStore
{
    Task<Versioned<Scan>?> FindAsync(TenantId tenant, ScanId scan, CancellationToken cancellationToken);

    /// <summary>The tenant's newest scan.</summary>
    Task<Scan?> FindLatestAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<Page<Scan>> ListAsync(TenantId tenant, int top, string? continuation, CancellationToken cancellationToken);

    /// <summary>Adds a scan unless one is still open for the tenant, in one step.</summary>
    /// <param name="idempotencyKey">When it was used before, the scan it started then is the answer.</param>
    Task<ScanStart> TryStartAsync(Scan scan, string? idempotencyKey, CancellationToken cancellationToken);

    /// <summary>Opens an ended scan once more, unless a later one was started, in one step.</summary>
    /// <returns><see langword="false"/> if a later scan was started, or someone else wrote first.</returns>
    Task<bool> TryReopenAsync(Versioned<Scan> ended, Scan reopened, CancellationToken cancellationToken);

    /// <returns>The new version, or <see langword="null"/> if someone else wrote first.</returns>
    Task<Versioned<Scan>?> TryUpdateAsync(Versioned<Scan> current, Scan changed, CancellationToken cancellationToken);
}
