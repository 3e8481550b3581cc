using Reanchor.Tenants;

namespace Reanchor.Sealing;

/// <summary>The last verification of each trail. It is there to be shown; what a trail is worth is told by verifying it.</summary>
public interface ITrailCheckStore
{
    /// <returns><see langword="null"/> for a trail that was never verified.</returns>
    Task<TrailCheck?> FindAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>Replaces the one before.</summary>
    Task SaveAsync(TrailCheck check, CancellationToken cancellationToken);
}
