namespace Reanchor.Queueing;

/// <summary>A command that travels on a queue of its own. It carries ids, and how long it has waited.</summary>
public interface IQueuedCommand
{
    static abstract string QueueName { get; }
}

/// <summary>Sends commands. Every one may arrive twice, late, or after a crash in the middle of its handler.</summary>
public interface ICommandQueue
{
    /// <param name="delay">How long it stays invisible; zero for at once, at most seven days.</param>
    Task SendAsync<TCommand>(TCommand command, TimeSpan delay, CancellationToken cancellationToken)
        where TCommand : IQueuedCommand;
}
