namespace Reanchor.LocalHost.Hosting;

// Event ids 9000-9039. Message ids and function names only: the text of a message never goes into a log.
internal static partial class Log
{
    [LoggerMessage(9000, LogLevel.Error, "The HTTP function {Function} failed on request {RequestId}.")]
    public static partial void HttpFunctionFailed(this ILogger logger, Exception exception, string function, string requestId);

    [LoggerMessage(9001, LogLevel.Information, "A request to {Function} could not be read and was answered {StatusCode}.")]
    public static partial void RequestUnreadable(this ILogger logger, string function, int statusCode);

    [LoggerMessage(9010, LogLevel.Information, "Listening to the queue {Queue} for {Function}.")]
    public static partial void QueueListening(this ILogger logger, string queue, string function);

    [LoggerMessage(9011, LogLevel.Warning, "{Function} failed on message {MessageId}, delivery {DequeueCount}.")]
    public static partial void MessageFailed(this ILogger logger, Exception exception, string function, string messageId, long dequeueCount);

    [LoggerMessage(9012, LogLevel.Error, "{Function} gave message {MessageId} up after {DequeueCount} deliveries and moved it to {PoisonQueue}.")]
    public static partial void MessagePoisoned(this ILogger logger, string function, string messageId, long dequeueCount, string poisonQueue);

    [LoggerMessage(9013, LogLevel.Warning, "Could not settle message {MessageId} of {Function}; it will be delivered again.")]
    public static partial void MessageNotSettled(this ILogger logger, Exception exception, string function, string messageId);

    [LoggerMessage(9014, LogLevel.Warning, "Lost the lease of message {MessageId} of {Function} while it was handled; it may be delivered again.")]
    public static partial void LeaseLost(this ILogger logger, string function, string messageId);

    [LoggerMessage(9015, LogLevel.Warning, "Could not renew the lease of message {MessageId} of {Function} yet; trying again.")]
    public static partial void LeaseNotRenewed(this ILogger logger, Exception exception, string function, string messageId);

    [LoggerMessage(9016, LogLevel.Information, "{Function} was stopped on message {MessageId}, which will be delivered again.")]
    public static partial void MessageStopped(this ILogger logger, string function, string messageId);

    [LoggerMessage(9017, LogLevel.Warning, "{Function} could not use the directory for message {MessageId}, delivery {DequeueCount}: {Why}")]
    public static partial void DirectoryUnavailable(this ILogger logger, string function, string messageId, long dequeueCount, string why);

    [LoggerMessage(9020, LogLevel.Error, "Queue storage does not answer; polling goes on. First seen on {Queue}.")]
    public static partial void StorageUnavailable(this ILogger logger, Exception exception, string queue);

    [LoggerMessage(9021, LogLevel.Information, "Queue storage answers again.")]
    public static partial void StorageAvailable(this ILogger logger);

    [LoggerMessage(9022, LogLevel.Warning, "The queue {Queue} was gone and has been made again.")]
    public static partial void QueueMadeAgain(this ILogger logger, string queue);

    [LoggerMessage(9030, LogLevel.Information, "The timer {Function} runs next at {Due:u}.")]
    public static partial void TimerScheduled(this ILogger logger, string function, DateTimeOffset due);

    [LoggerMessage(9031, LogLevel.Error, "The timer {Function} failed; its schedule goes on.")]
    public static partial void TimerFailed(this ILogger logger, Exception exception, string function);
}
