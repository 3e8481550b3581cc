namespace Reanchor.LocalHost.Hosting;

/// <summary>extensions.queues of host.json. The defaults are those of the Functions host.</summary>
public sealed record QueueSettings
{
    /// <summary>Messages taken at once, 1 to 32.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>The next batch is taken when no more messages than this are being handled, so up to BatchSize + NewBatchThreshold are.</summary>
    public int NewBatchThreshold { get; init; } = 8;

    /// <summary>Deliveries before a message is moved to the poison queue; at least 1.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>How long a failed message waits before it is delivered again; up to 7 days.</summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.Zero;

    /// <summary>The longest pause between two looks at an empty queue.</summary>
    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromMinutes(1);
}
