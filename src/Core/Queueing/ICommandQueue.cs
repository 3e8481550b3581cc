namespace Reanchor.Queueing;

/// <summary>The queue that a command travels on. A command carries ids, and what <see cref="QueuedCommand"/> says.</summary>
public interface IQueuedCommand
{
    static abstract string QueueName { get; }
}

/// <summary>Sends commands. Every one may arrive twice, late, or after a crash in the middle of its handler.</summary>
public interface ICommandQueue
{
    /// <param name="delay">How long it stays invisible; zero for at once, at most seven days.</param>
    Task SendAsync<TCommand>(TCommand command, TimeSpan delay, CancellationToken cancellationToken)
        where TCommand : QueuedCommand, IQueuedCommand;
}
