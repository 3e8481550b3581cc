using Microsoft.Azure.Functions.Worker;

namespace Reanchor.IntegrationTests.LocalHost;

public sealed class WorkFunctions(Work work)
{
    [Function("Work")]
    public Task WorkAsync([QueueTrigger("%Queues:Work%", Connection = "DataStorage")] WorkItem item, CancellationToken cancellationToken) =>
        work.HandleAsync(item, cancellationToken);

    [Function("WorkPoisoned")]
    public void WorkPoisoned([QueueTrigger("%Queues:Work%-poison", Connection = "DataStorage")] string text) => work.Poisoned.Enqueue(text);
}
