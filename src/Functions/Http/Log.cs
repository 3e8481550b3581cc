using Microsoft.Extensions.Logging;

namespace Reanchor.Functions.Http;

// Event ids 9040-9049, beside LocalHost's. Alerts are keyed on them: never reuse one. Not in Worker: alerts are compared with the code in
// builds without the worker, too.
internal static partial class Log
{
    [LoggerMessage(9040, LogLevel.Error, "The HTTP function {Function} failed on invocation {InvocationId}.")]
    public static partial void HttpFunctionFailed(this ILogger logger, Exception exception, string function, string invocationId);
}
