using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;

namespace Reanchor.Functions.Worker;

/// <summary>
/// Puts the gate before HTTP functions under the Functions host. ASP.NET Core's own authorisation does not run in the isolated
/// worker: it ignores <c>[Authorize]</c> without a word. What a function throws goes into the log and not to the caller.
/// </summary>
public sealed class HttpGateMiddleware(HttpGate gate, ILogger<HttpGateMiddleware> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var isHttp = context.FunctionDefinition.InputBindings.Values.Any(
            binding => string.Equals(binding.Type, "httpTrigger", StringComparison.OrdinalIgnoreCase));

        if (!isHttp)
        {
            await next(context);
            return;
        }

        var request = context.GetHttpContext()
            ?? throw new InvalidOperationException($"{context.FunctionDefinition.Name} has no HTTP request to check.");

        try
        {
            // Without next the function does not run; the response that the gate has written is completed by the host.
            if (await gate.AdmitAsync(request, context.FunctionDefinition.Name))
            {
                await next(context);
            }
        }
        catch (BadHttpRequestException ex) when (!request.Response.HasStarted)
        {
            await Problems.Of(ex.StatusCode, "The request could not be read.").ExecuteAsync(request);
        }
        catch (Exception ex) when (!request.Response.HasStarted && !request.RequestAborted.IsCancellationRequested)
        {
            logger.HttpFunctionFailed(ex, context.FunctionDefinition.Name, context.InvocationId);
            await Problems.Of(
                StatusCodes.Status500InternalServerError,
                $"The request failed. The log says why, under the id {context.InvocationId}.").ExecuteAsync(request);
        }
    }
}
