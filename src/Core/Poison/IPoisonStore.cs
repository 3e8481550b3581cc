using Reanchor.Tenants;

namespace Reanchor.Poison;

public interface IPoisonStore
{
    Task<Versioned<PoisonItem>?> FindAsync(TenantId tenant, string id, CancellationToken cancellationToken);

    /// <param name="status"><see langword="null"/> for all.</param>
    Task<Page<PoisonItem>> ListAsync(
        TenantId tenant, PoisonStatus? status, int top, string? continuation, CancellationToken cancellationToken);

    /// <returns><see langword="false"/> if there is one of that id already.</returns>
    Task<bool> TryAddAsync(PoisonItem item, CancellationToken cancellationToken);

    /// <returns>The new version, or <see langword="null"/> if someone else wrote first.</returns>
    Task<Versioned<PoisonItem>?> TryUpdateAsync(
        Versioned<PoisonItem> current, PoisonItem changed, CancellationToken cancellationToken);
}
