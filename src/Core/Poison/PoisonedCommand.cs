using System.Text.Json;
using System.Text.Json.Nodes;
using Reanchor.Approvals;
using Reanchor.Clearing;
using Reanchor.Json;
using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Scanning;

namespace Reanchor.Poison;

/// <summary>Sends a poison message back to its queue, if it is one that Reanchor sends there.</summary>
internal static class PoisonedCommand
{
    private static readonly string[] Journey = ["deferral", "traceParent", "due"];

    /// <returns><see langword="null"/> when the queue would only give up on it again.</returns>
    public static Func<ICommandQueue, CancellationToken, Task>? SenderOf(PoisonItem item) => item.Queue switch
    {
        QueueNames.Scans => SenderOf<ScanTenant>(item.Message),
        QueueNames.Candidates => SenderOf<ProposeClear>(item.Message),
        QueueNames.Clears => SenderOf<ApplyClear>(item.Message),
        QueueNames.Verifications => SenderOf<VerifyClear>(item.Message),
        QueueNames.Restores => SenderOf<RestoreAnchor>(item.Message),
        QueueNames.Approvals => SenderOf<RequestApprovals>(item.Message),
        QueueNames.Callbacks => SenderOf<CallBack>(item.Message),
        _ => null,
    };

    /// <summary>
    /// When a command was sent, in which trace, and how long it has waited for a directory is no part of what it asks for: sent back, it
    /// waits anew, and given up again, it is the same item.
    /// </summary>
    public static string WithoutJourney(string message)
    {
        try
        {
            return JsonNode.Parse(message) is JsonObject command && Journey.Aggregate(false, (any, name) => command.Remove(name) || any)
                ? command.ToJsonString()
                : message;
        }
        catch (Exception ex) when (ex is JsonException or ArgumentException)
        {
            // No JSON, or a property twice: not ours, so it is kept as it came.
            return message;
        }
    }

    private static Func<ICommandQueue, CancellationToken, Task>? SenderOf<TCommand>(string message)
        where TCommand : QueuedCommand, IQueuedCommand
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
