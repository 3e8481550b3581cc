using System.Collections.Concurrent;

namespace Reanchor.IntegrationTests.LocalHost;

/// <summary>What a test wants done with a message, and what became of it.</summary>
public sealed class Work(Func<WorkItem, CancellationToken, Task> handle)
{
    public ConcurrentQueue<(WorkItem Item, DateTimeOffset At)> Deliveries { get; } = [];

    public ConcurrentQueue<string> Poisoned { get; } = [];

    public static Work Succeeding => new((_, _) => Task.CompletedTask);

    public static Work Failing => new((_, _) => throw new InvalidOperationException("This work always fails."));

    public Task HandleAsync(WorkItem item, CancellationToken cancellationToken)
    {
        Deliveries.Enqueue((item, DateTimeOffset.UtcNow));
        return handle(item, cancellationToken);
    }
}
