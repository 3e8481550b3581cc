using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Reanchor.LocalHost.Hosting;

/// <summary>Takes messages off one queue and hands them out, as many at a time as host.json allows.</summary>
internal sealed class QueuePump(
    QueueClient queue,
    QueueDelivery delivery,
    FunctionEngineOptions options,
    StorageOutage outage,
    TimeProvider clock,
    ILogger<QueuePump> logger)
{
    /// <summary>Runs until stopped, and then until the handlers that are running have ended.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var handling = new List<Task>();

        try
        {
            await PollAsync(handling, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }

        await Task.WhenAll(handling);
    }

    private async Task PollAsync(List<Task> handling, CancellationToken stopping)
    {
        var pause = new PollPause(options.Host.Queues.MaxPollingInterval);

        while (!stopping.IsCancellationRequested)
        {
            while (handling.Count > options.Host.Queues.NewBatchThreshold)
            {
                handling.Remove(await Task.WhenAny(handling));
            }

            var messages = await ReceiveAsync(stopping);

            if (messages.Length == 0)
            {
                handling.RemoveAll(task => task.IsCompleted);
                await Task.Delay(pause.Next(), clock, stopping);
                continue;
            }

            pause.Reset();
            handling.AddRange(messages.Select(message => Task.Run(() => delivery.HandleAsync(message, stopping), CancellationToken.None)));
        }
    }

    /// <returns>No message when there is none, and when storage cannot be reached.</returns>
    private async Task<QueueMessage[]> ReceiveAsync(CancellationToken stopping)
    {
        try
        {
            var messages = await queue.ReceiveMessagesAsync(options.Host.Queues.BatchSize, options.MessageLease, stopping);
            outage.Over(queue.Name);
            return messages.Value;
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            await MakeAgainAsync(stopping);
            return [];
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            outage.Seen(queue.Name, exception);
            return [];
        }
    }

    private async Task MakeAgainAsync(CancellationToken stopping)
    {
        try
        {
            await queue.CreateIfNotExistsAsync(cancellationToken: stopping);
            logger.QueueMadeAgain(queue.Name);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            outage.Seen(queue.Name, exception);
        }
    }
}
