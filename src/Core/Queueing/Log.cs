using Microsoft.Extensions.Logging;

namespace Reanchor.Queueing;

// Event ids 1000-1099.
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "The directory is busy: a command of {Queue} waits {Seconds} s, for the {Times}. time. {Why}")]
    public static partial void CommandDeferred(this ILogger logger, string queue, double seconds, int times, string why);
}
