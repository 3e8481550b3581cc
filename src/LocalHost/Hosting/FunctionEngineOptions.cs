using Azure.Storage.Queues;
using Microsoft.AspNetCore.Http;

namespace Reanchor.LocalHost.Hosting;

/// <summary>What the engine needs from the program that hosts it.</summary>
public sealed record FunctionEngineOptions
{
    public required HostSettings Host { get; init; }

    /// <summary>
    /// Asked before every HTTP function, with the function's name: <see langword="null"/> lets the request through, a result
    /// is sent instead. There is no engine without one, so that forgetting it opens nothing.
    /// </summary>
    public required Func<HttpContext, string, Task<IResult?>> Gate { get; init; }

    /// <summary>
    /// Gives the storage that a connection setting names. The client must leave messages as they are
    /// (<see cref="QueueMessageEncoding.None"/>, the default): the engine decodes Base64 itself, so that one
    /// undecodable message spoils nothing but itself.
    /// </summary>
    public required Func<string, QueueServiceClient> QueueStorage { get; init; }

    /// <summary>
    /// How long a message stays invisible to others without a renewal. The Functions host takes ten minutes; here a message
    /// whose process was killed should come back soon. 1 s to 7 days.
    /// </summary>
    public TimeSpan MessageLease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Names of timer functions to run once at the start, because a run may have been missed while the process was off.</summary>
    public IReadOnlyCollection<string> TimersToRunAtStart { get; init; } = [];
}
