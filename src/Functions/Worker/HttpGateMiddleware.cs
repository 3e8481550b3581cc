using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Reanchor.Functions.Access;

namespace Reanchor.Functions.Worker;

/// <summary>
/// Puts the gate before HTTP functions under the Functions host. ASP.NET Core's own authorisation does not run in the isolated
/// worker: it ignores <c>[Authorize]</c> without a word.
/// </summary>
public sealed class HttpGateMiddleware(HttpGate gate) : IFunctionsWorkerMiddleware
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

        // Without next the function does not run; the response that the gate has written is completed by the host.
        if (await gate.AdmitAsync(request, context.FunctionDefinition.Name))
        {
            await next(context);
        }
    }
}
