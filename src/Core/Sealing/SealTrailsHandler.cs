using Microsoft.Extensions.Logging;
using Reanchor.Auditing;
using Reanchor.Tenants;

namespace Reanchor.Sealing;

/// <summary>Seals every trail there is, one after the other: those of registered tenants, of removed ones, and what names no tenant.</summary>
public sealed class SealTrailsHandler(
    ITenantStore tenants, IAuditTrail trail, SealTrailHandler seal, ILogger<SealTrailsHandler> logger)
{
    public async Task HandleAsync(CancellationToken cancellationToken)
    {
        var faults = new List<Exception>();

        // A registered tenant without a trail is looked at too: somebody may have removed all of it.
        var registered = await tenants.ListAsync(cancellationToken).Select(t => t.Id).ToListAsync(cancellationToken);
        var trails = await trail.ListTenantsAsync(cancellationToken).ToListAsync(cancellationToken);

        foreach (var tenant in trails.Union(registered))
        {
            try
            {
                await seal.HandleAsync(tenant, cancellationToken);
            }
            catch (Exception ex) when (!cancellationToken.IsCancellationRequested)
            {
                logger.TrailNotSealed(ex, tenant);
                faults.Add(ex);
            }
        }

        if (faults.Count > 0)
        {
            throw new AggregateException("Some trails could not be sealed.", faults);
        }
    }
}
