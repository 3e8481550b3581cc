using System.Text.Json.Serialization;
using Reanchor.Queueing;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Approvals;

/// <summary>Takes the approvals of a scan as far as they go now: puts the batch together, has the workflow ask, closes it when all is decided.</summary>
public sealed record RequestApprovals(TenantId Tenant, ScanId Scan) : QueuedCommand, IQueuedCommand
{
    public override string Subject() => Scan.ToString();

    static string IQueuedCommand.QueueName => QueueNames.Approvals;

    /// <summary>How many proposals the look before found; <see langword="null"/> at the first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Seen { get; init; }
}

public enum RequestApprovalsOutcome
{
    /// <summary>No workflow is set for the tenant, or it is gone.</summary>
    Off,

    /// <summary>Proposals may still be arriving, or another delivery is asking; a message comes later.</summary>
    Waiting,

    /// <summary>The scan left nothing to decide.</summary>
    NothingToAsk,

    /// <summary>The workflow has been started, and proposals are pending.</summary>
    Asked,

    /// <summary>Nothing of it is pending any more.</summary>
    Closed,
}
