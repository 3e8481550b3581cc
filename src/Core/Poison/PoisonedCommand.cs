using System.Text.Json;
using Reanchor.Clearing;
using Reanchor.Json;
using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Scanning;

namespace Reanchor.Poison;

/// <summary>Sends a poison message back to its queue, if it is one that Reanchor sends there.</summary>
internal static class PoisonedCommand
{
    /// <returns><see langword="null"/> when the queue would only give up on it again.</returns>
    public static Func<ICommandQueue, CancellationToken, Task>? SenderOf(PoisonItem item) => item.Queue switch
    {
        QueueNames.Scans => SenderOf<ScanTenant>(item.Message),
        QueueNames.Candidates => SenderOf<ProposeClear>(item.Message),
        QueueNames.Clears => SenderOf<ApplyClear>(item.Message),
        QueueNames.Verifications => SenderOf<VerifyClear>(item.Message),
        QueueNames.Restores => SenderOf<RestoreAnchor>(item.Message),
        _ => null,
    };

    private static Func<ICommandQueue, CancellationToken, Task>? SenderOf<TCommand>(string message)
        where TCommand : IQueuedCommand
    {
        try
        {
            var element = JsonSerializer.Deserialize<JsonElement>(message);
            var command = element.Deserialize<TCommand>(ReanchorJson.Options);

            // What is sent must be what was received: no id that is missing here, no member that would get lost.
            return command is not null && JsonElement.DeepEquals(element, JsonSerializer.SerializeToElement(command, ReanchorJson.Options))
                ? (queue, cancellationToken) => queue.SendAsync(command, TimeSpan.Zero, cancellationToken)
                : null;
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
