using Reanchor.Access;
using Reanchor.Auditing;
using Reanchor.Tenants;

namespace Reanchor.Syncing;

/// <param name="Detail">What the sync command said; cut at <see cref="ReportSyncHandler.MaxDetail"/> characters.</param>
public sealed record ReportSync(TenantId Tenant, CollectorId Collector, bool Synced, string? Detail, Actor ReportedBy);

/// <summary>Records that a collector ran a sync, or why it could not: then it is asked again, later each time, at most every 30 minutes.</summary>
public sealed class ReportSyncHandler(
    ITenantStore tenants, ICollectorSyncStore syncs, IAuditTrail audit, TimeProvider clock)
{
    public const int MaxDetail = 4000;

    /// <returns><see langword="false"/> when the tenant is not registered or does not expect the collector.</returns>
    public async Task<bool> HandleAsync(ReportSync command, CancellationToken cancellationToken)
    {
        if (!await tenants.ExpectsAsync(command.Tenant, command.Collector, cancellationToken))
        {
            return false;
        }

        var now = clock.GetUtcNow();
        var detail = command.Detail is { Length: > MaxDetail } longer ? longer[..MaxDetail] : command.Detail;
        var sync = await syncs.FindAsync(command.Tenant, command.Collector, cancellationToken)
            ?? new() { Tenant = command.Tenant, Collector = command.Collector };

        await syncs.SaveAsync(sync.Report(command.Synced, detail, now), cancellationToken);
        await audit.AppendAsync(
            new SyncReported(new(command.Tenant, now, command.ReportedBy))
            {
                Collector = command.Collector,
                Synced = command.Synced,
                Detail = detail,
            },
            cancellationToken);

        return true;
    }
}
