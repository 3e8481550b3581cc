using Reanchor.Access;
using Reanchor.Auditing;
using Reanchor.Queueing;
using Reanchor.Telemetry;
using Reanchor.Tenants;

namespace Reanchor.Scanning;

/// <param name="Mode"><see langword="null"/> for the tenant's own.</param>
/// <param name="IdempotencyKey">A repeat with the same key is answered with the first scan.</param>
public sealed record RequestScan(TenantId Tenant, TenantMode? Mode, Actor RequestedBy, string? IdempotencyKey);

public enum RequestScanOutcome
{
    Queued,
    TenantNotFound,
    TenantDisabled,

    /// <summary>Proposals were asked for, and the tenant is in report mode.</summary>
    ReportOnlyTenant,

    /// <summary>Another scan of the tenant has not ended.</summary>
    AlreadyRunning,
}

public sealed record RequestScanResult(RequestScanOutcome Outcome, Scan? Scan);

public sealed class RequestScanHandler(
    ITenantStore tenants, IScanStore scans, IAuditTrail audit, ICommandQueue queue, TimeProvider clock)
{
    public async Task<RequestScanResult> HandleAsync(RequestScan command, CancellationToken cancellationToken)
    {
        var tenant = (await tenants.FindAsync(command.Tenant, cancellationToken))?.Item;

        if (tenant is null)
        {
            return new(RequestScanOutcome.TenantNotFound, null);
        }

        if (!tenant.Enabled)
        {
            return new(RequestScanOutcome.TenantDisabled, null);
        }

        if (command.Mode is TenantMode.Propose && tenant.Mode is TenantMode.Report)
        {
            return new(RequestScanOutcome.ReportOnlyTenant, null);
        }

        var now = clock.GetUtcNow();
        var scan = new Scan
        {
            Id = ScanId.At(now),
            Tenant = tenant.Id,
            Mode = command.Mode ?? tenant.Mode,
            RequestedBy = command.RequestedBy,
            QueuedAt = now,
            ProgressAt = now,
            TraceParent = Traces.Current,
        };

        var start = await scans.TryStartAsync(scan, command.IdempotencyKey, cancellationToken);

        if (start.Outcome is ScanStartOutcome.AlreadyRunning)
        {
            return new(RequestScanOutcome.AlreadyRunning, start.Scan);
        }

        if (!start.Scan.HasEnded)
        {
            var header = new EventHeader(tenant.Id, start.Scan.QueuedAt, start.Scan.RequestedBy) { Scan = start.Scan.Id };
            await audit.AppendAsync(new ScanRequested(header) { Mode = start.Scan.Mode }, cancellationToken);
            await queue.SendAsync(ScanTenant.Of(start.Scan), TimeSpan.Zero, cancellationToken);
        }

        return new(RequestScanOutcome.Queued, start.Scan);
    }
}
