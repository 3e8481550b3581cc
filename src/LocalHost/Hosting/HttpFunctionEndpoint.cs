using System.Diagnostics;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reanchor.Telemetry;

namespace Reanchor.LocalHost.Hosting;

/// <summary>Answers the requests of one HTTP function.</summary>
internal sealed class HttpFunctionEndpoint(
    HttpFunction function, Func<HttpContext, string, Task<IResult?>> gate, ILogger<HttpFunctionEndpoint> logger)
{
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            // The web server's own span has the address in it, and nobody listens to it; a trace of ours does not hang below it.
            Activity.Current = null;
            await Traces.RunAsync(function.Name, ActivityKind.Server, async () =>
            {
                var result = await gate(context, function.Name) ?? await InvokeAsync(context);
                await result.ExecuteAsync(context);
            });
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; nobody is left to answer.
        }
        catch (BadHttpRequestException exception)
        {
            logger.RequestUnreadable(function.Name, exception.StatusCode);
            await AnswerAsync(context, exception.StatusCode, "The request could not be read.");
        }
        catch (Exception exception)
        {
            logger.HttpFunctionFailed(exception, function.Name, context.TraceIdentifier);
            await AnswerAsync(context, StatusCodes.Status500InternalServerError, "The request failed. The log says why, under the request id given here.");
        }
    }

    private async Task<IResult> InvokeAsync(HttpContext context) =>
        (IResult?)await FunctionInvocation.InvokeAsync(function, context.RequestServices, parameter => Bind(parameter, context), context.RequestAborted)
        ?? throw new InvalidOperationException($"The function {function.Name} returned null instead of a result.");

    private static object? Bind(ParameterInfo parameter, HttpContext context) =>
        parameter.ParameterType == typeof(HttpRequest)
            ? context.Request
            : context.GetRouteValue(parameter.Name!)?.ToString();

    private static async Task AnswerAsync(HttpContext context, int status, string title)
    {
        if (context.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            context.Abort();
            return;
        }

        context.Response.Clear();
        var extensions = new Dictionary<string, object?> { ["requestId"] = context.TraceIdentifier };
        await TypedResults.Problem(title: title, statusCode: status, extensions: extensions).ExecuteAsync(context);
    }
}
