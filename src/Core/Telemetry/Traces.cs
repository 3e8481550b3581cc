using System.Diagnostics;
using Reanchor.Queueing;

namespace Reanchor.Telemetry;

/// <summary>The spans of the pipeline. They carry ids, never names, addresses or anchors.</summary>
public static class Traces
{
    /// <summary>The name that an exporter listens to.</summary>
    public const string SourceName = "Reanchor";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Where in its trace the work at hand is, as a W3C <c>traceparent</c>; <see langword="null"/> when nobody listens.</summary>
    public static string? Current => Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current.Id : null;

    /// <summary>Runs what a timer or a person set off: a trace of its own, or a part of the one that the Functions host began.</summary>
    public static Task RunAsync(string name, ActivityKind kind, Func<Task> run) => RunAsync(Source.StartActivity(name, kind), run);

    /// <summary>Runs what a message asks for, as a part of the trace of whoever sent it.</summary>
    public static Task HandleAsync<TCommand>(TCommand command, TimeProvider clock, Func<Task> handle)
        where TCommand : QueuedCommand, IQueuedCommand
    {
        Metrics.Delivered(TCommand.QueueName, command.Due, clock.GetUtcNow());

        // What the Functions host began for this delivery is another trace; it is linked, so that one leads to the other.
        var delivery = Activity.Current?.Context;
        var sent = ActivityContext.TryParse(command.TraceParent, traceState: null, isRemote: true, out var parent);

        return RunAsync(
            Source.StartActivity(
                typeof(TCommand).Name,
                ActivityKind.Consumer,
                sent ? parent : delivery ?? default,
                [new("reanchor.tenant", command.Tenant.ToString()), new("reanchor.subject", command.Subject()), new("reanchor.queue", TCommand.QueueName)],
                sent && delivery is not null ? [new(delivery.Value)] : null),
            handle);
    }

    private static async Task RunAsync(Activity? activity, Func<Task> run)
    {
        using (activity)
        {
            try
            {
                await run();
            }
            catch (Exception ex)
            {
                // The type alone: a message may hold a name. The log has the rest.
                activity?.SetStatus(ActivityStatusCode.Error, ex.GetType().Name);
                throw;
            }
        }
    }
}
