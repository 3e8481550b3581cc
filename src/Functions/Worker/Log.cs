using Microsoft.Extensions.Logging;

namespace Reanchor.Functions.Worker;

// Event ids 9040-9049, beside LocalHost's.
internal static partial class Log
{
    [LoggerMessage(9040, LogLevel.Error, "The HTTP function {Function} failed on invocation {InvocationId}.")]
    public static partial void HttpFunctionFailed(this ILogger logger, Exception exception, string function, string invocationId);
}
