using Reanchor.Queueing;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Approvals;

/// <summary>Tells one subscriber what came of the batch.</summary>
public sealed record CallBack(TenantId Tenant, ScanId Scan, string Subscription) : QueuedCommand, IQueuedCommand
{
    public override string Subject() => Scan.ToString();

    static string IQueuedCommand.QueueName => QueueNames.Callbacks;
}

public enum CallBackOutcome
{
    Called,

    /// <summary>The subscriber's workflow is gone, or the address may not be called.</summary>
    GivenUp,

    /// <summary>Nobody waits any more, or the batch has not ended.</summary>
    NothingToDo,
}
