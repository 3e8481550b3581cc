using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Reanchor.Auditing;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Telemetry;

/// <summary>What is counted and measured; docs/telemetry.md lists it. Tags carry ids, never names, addresses or anchors.</summary>
public static class Metrics
{
    /// <summary>The name that an exporter listens to.</summary>
    public const string MeterName = "Reanchor";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Histogram<double> ScanDuration =
        Meter.CreateHistogram<double>("reanchor.scan.duration", "s", "From the first step of a scan to its end, waits for a busy directory included.");

    private static readonly Counter<long> ScanUsers =
        Meter.CreateCounter<long>("reanchor.scan.users", "{user}", "Users that ended scans have read.");

    private static readonly Counter<long> ScanFindings =
        Meter.CreateCounter<long>("reanchor.scan.findings", "{user}", "Findings of ended scans, by class.");

    private static readonly Gauge<long> ProposalsWaiting =
        Meter.CreateGauge<long>("reanchor.proposals.waiting", "{proposal}", "Proposals without a decision, as maintenance found them.");

    private static readonly Gauge<double> OldestProposal =
        Meter.CreateGauge<double>("reanchor.proposals.oldest", "s", "Age of the oldest proposal without a decision, as maintenance found it.");

    private static readonly Counter<long> Events =
        Meter.CreateCounter<long>("reanchor.events", "{event}", "New events on the audit trail, by type and cause: clears, refusals, verifications, restores, halts.");

    private static readonly Counter<long> Deferrals =
        Meter.CreateCounter<long>("reanchor.commands.deferred", "{command}", "Commands sent back to their queue because a directory was busy.");

    private static readonly Counter<long> Throttled =
        Meter.CreateCounter<long>("reanchor.graph.throttled", "{request}", "Requests, and steps of batches, that Graph was too busy for. What is sent again and refused again counts again.");

    private static readonly Histogram<double> QueueAge =
        Meter.CreateHistogram<double>("reanchor.queue.age", "s", "How long a message waited after it was due.");

    public static void ScanEnded(Scan scan)
    {
        TagList tags = [new("tenant", scan.Tenant.ToString()), new("status", scan.Status.ToString())];
        ScanUsers.Add(scan.UsersRead, tags);

        if (scan is { StartedAt: { } started, EndedAt: { } ended })
        {
            ScanDuration.Record((ended - started).TotalSeconds, tags);
        }

        foreach (var (classification, count) in scan.Counts)
        {
            ScanFindings.Add(count, new("tenant", scan.Tenant.ToString()), new("classification", classification.ToString()));
        }
    }

    /// <param name="oldest">Zero when none waits.</param>
    public static void Waiting(TenantId tenant, int count, TimeSpan oldest)
    {
        ProposalsWaiting.Record(count, new KeyValuePair<string, object?>("tenant", tenant.ToString()));
        OldestProposal.Record(oldest.TotalSeconds, new KeyValuePair<string, object?>("tenant", tenant.ToString()));
    }

    /// <summary>An event that was not on the trail before.</summary>
    public static void Recorded(AuditEvent recorded)
    {
        Enum? cause = recorded switch
        {
            ClearRefused refused => refused.Cause,
            RestoreRefused refused => refused.Cause,
            VerificationInconclusive inconclusive => inconclusive.Outcome,
            ScanHalted halted => halted.Kind,
            _ => null,
        };
        Events.Add(1, new("tenant", recorded.Header.Tenant.ToString()), new("type", recorded.Type), new("cause", cause?.ToString()));
    }

    public static void Deferred(string queue) => Deferrals.Add(1, new KeyValuePair<string, object?>("queue", queue));

    /// <param name="status">What Graph answered: 429, 503 or 504.</param>
    public static void GraphWasBusy(TenantId tenant, int status) =>
        Throttled.Add(1, new("tenant", tenant.ToString()), new("status", status.ToString(CultureInfo.InvariantCulture)));

    /// <param name="due"><see langword="null"/> when the message does not say.</param>
    public static void Delivered(string queue, DateTimeOffset? due, DateTimeOffset now)
    {
        if (due is not null)
        {
            QueueAge.Record(Math.Max(0, (now - due.Value).TotalSeconds), new KeyValuePair<string, object?>("queue", queue));
        }
    }
}
