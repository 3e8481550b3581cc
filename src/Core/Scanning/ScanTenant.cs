using Reanchor.Queueing;
using Reanchor.Tenants;

namespace Reanchor.Scanning;

public sealed record ScanTenant(TenantId Tenant, ScanId Scan) : DirectoryCommand, IQueuedCommand
{
    public static ScanTenant Of(Scan scan) => new(scan.Tenant, scan.Id) { TraceParent = scan.TraceParent };

    public override string Subject() => Scan.ToString();

    static string IQueuedCommand.QueueName => QueueNames.Scans;
}

public enum ScanOutcome
{
    Completed,
    Halted,
    Failed,

    /// <summary>Time was up; another message carries on from the checkpoint.</summary>
    Continues,

    /// <summary>Another delivery has moved the scan on.</summary>
    Overtaken,

    /// <summary>There is no such scan.</summary>
    Unknown,
}
