using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.DependencyInjection;
using Reanchor.Scanning;

namespace Reanchor.LocalHost.Hosting;

/// <summary>Handles one delivery of a message of one queue function, and settles it as the Functions host does.</summary>
internal sealed class QueueDelivery(
    QueueFunction function,
    QueueClient queue,
    QueueClient? poison,
    FunctionEngineOptions options,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    ILogger<QueueDelivery> logger)
{
    // Left alone in a poison queue, a message that nobody reads must not run out after the default seven days.
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    private enum Ending
    {
        Done,
        Failed,
        Stopped,
    }

    /// <summary>Never throws: what goes wrong is logged, and the message comes back when its lease runs out.</summary>
    public async Task HandleAsync(QueueMessage message, CancellationToken stopping)
    {
        await using var lease = new MessageLease(queue, message, options.MessageLease, function.Name, clock, logger);

        // More deliveries than allowed means that the process died on each; another try would kill it again.
        var ending = poison is not null && message.DequeueCount > options.Host.Queues.MaxDequeueCount
            ? Ending.Failed
            : await InvokeAsync(message, stopping);
        var receipt = await lease.EndAsync();

        try
        {
            await SettleAsync(message, receipt, ending);
        }
        catch (Exception exception)
        {
            logger.MessageNotSettled(exception, function.Name, message.MessageId);
        }
    }

    private async Task<Ending> InvokeAsync(QueueMessage message, CancellationToken stopping)
    {
        try
        {
            var argument = QueueMessageText.Read(message.MessageText ?? "", function.Message);
            await using var scope = scopes.CreateAsyncScope();
            await FunctionInvocation.InvokeAsync(function, scope.ServiceProvider, _ => argument, stopping);
            return Ending.Done;
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            logger.MessageStopped(function.Name, message.MessageId);
            return Ending.Stopped;
        }
        catch (DirectoryUnavailableException exception)
        {
            // To be expected of any service: its message says all, and a stack trace for each would bury what is not.
            logger.DirectoryUnavailable(function.Name, message.MessageId, message.DequeueCount, exception.Message);
            return Ending.Failed;
        }
        catch (Exception exception)
        {
            logger.MessageFailed(exception, function.Name, message.MessageId, message.DequeueCount);
            return Ending.Failed;
        }
    }

    // Settling is not cancelled by a shutdown: a message that is done must not be done again.
    private async Task SettleAsync(QueueMessage message, string receipt, Ending ending)
    {
        switch (ending)
        {
            case Ending.Done:
                await queue.DeleteMessageAsync(message.MessageId, receipt, CancellationToken.None);
                break;

            case Ending.Stopped:
                await ReleaseAsync(message, receipt, TimeSpan.Zero);
                break;

            // A poison queue has no poison queue of its own. Its message stays invisible until the lease runs out, so that it is not tried in a tight loop.
            case Ending.Failed when poison is null:
                break;

            case Ending.Failed when message.DequeueCount >= options.Host.Queues.MaxDequeueCount:
                await PoisonAsync(poison, message, receipt);
                break;

            case Ending.Failed:
                await ReleaseAsync(message, receipt, options.Host.Queues.VisibilityTimeout);
                break;
        }
    }

    private async Task ReleaseAsync(QueueMessage message, string receipt, TimeSpan delay) =>
        await queue.UpdateMessageAsync(message.MessageId, receipt, (string?)null, delay, CancellationToken.None);

    private async Task PoisonAsync(QueueClient target, QueueMessage message, string receipt)
    {
        var text = QueueMessageText.ForPoison(message.MessageText ?? "");

        try
        {
            await target.SendMessageAsync(text, timeToLive: Forever, cancellationToken: CancellationToken.None);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            await target.CreateIfNotExistsAsync(cancellationToken: CancellationToken.None);
            await target.SendMessageAsync(text, timeToLive: Forever, cancellationToken: CancellationToken.None);
        }

        // Second: the other order loses the message if the process dies in between.
        await queue.DeleteMessageAsync(message.MessageId, receipt, CancellationToken.None);
        logger.MessagePoisoned(function.Name, message.MessageId, message.DequeueCount, target.Name);
    }
}
