using System.Text.Json;
using Reanchor.Json;
using Reanchor.Queueing;

namespace Reanchor.Contracts.InMemory;

/// <param name="Command">As it comes out at the other end.</param>
public sealed record SentCommand(string Queue, object Command, TimeSpan Delay);

/// <summary>Keeps what is sent until a test takes it out. Delays are recorded, not waited for.</summary>
public sealed class InMemoryCommandQueue : ICommandQueue
{
    private readonly List<SentCommand> _sent = [];

    public IReadOnlyList<SentCommand> Sent => _sent;

    /// <summary>Runs once, just before the next send: throw to lose the message.</summary>
    public Action? BeforeNextSend { get; set; }

    public Task SendAsync<TCommand>(TCommand command, TimeSpan delay, CancellationToken cancellationToken)
        where TCommand : QueuedCommand, IQueuedCommand
    {
        var hook = BeforeNextSend;
        BeforeNextSend = null;
        hook?.Invoke();

        var received = JsonSerializer.Deserialize<TCommand>(JsonSerializer.Serialize(command, ReanchorJson.Options), ReanchorJson.Options)!;
        _sent.Add(new(TCommand.QueueName, received, delay));
        return Task.CompletedTask;
    }

    public IReadOnlyList<TCommand> Of<TCommand>() => [.. _sent.Select(s => s.Command).OfType<TCommand>()];

    /// <summary>The commands of this type, in the order of sending; they are gone from the queue.</summary>
    public IReadOnlyList<TCommand> Take<TCommand>()
    {
        var taken = Of<TCommand>();
        _sent.RemoveAll(s => s.Command is TCommand);
        return taken;
    }
}
