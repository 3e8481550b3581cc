using System.Net;
using System.Text.Json;

namespace Reanchor.GraphSimulator;

/// <summary>Maps control routes with what they share: loopback only, errors as <c>{"error":"..."}</c>.</summary>
internal sealed class ControlGroup(WebApplication application, SimulatedCloud cloud)
{
    public void Map(string method, string path, Func<HttpContext, Task> answer) =>
        application.MapMethods($"/simulator/{path}".TrimEnd('/'), [method], (RequestDelegate)(context => GuardAsync(context, answer)));

    public void MapTenant(string method, string path, Func<HttpContext, SimulatedTenant, Task> answer) =>
        Map(method, $"tenants/{{tenant}}/{path}", context =>
            Guid.TryParse(Route(context, "tenant"), out var id) && cloud.FindTenant(id) is { } tenant
                ? answer(context, tenant)
                : RefuseAsync(context, 404, $"There is no tenant {Route(context, "tenant")}."));

    /// <summary>Keeps a mistyped control route from being taken for Graph's.</summary>
    public void RefuseTheRest() =>
        application.Map("/simulator/{**rest}", (RequestDelegate)(context => GuardAsync(context, guarded =>
            RefuseAsync(guarded, 404, $"There is no control route {guarded.Request.Method} {guarded.Request.Path}."))));

    public static string Route(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;

    public static Task RefuseAsync(HttpContext context, int status, string error)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error }, context.RequestAborted);
    }

    private static async Task GuardAsync(HttpContext context, Func<HttpContext, Task> answer)
    {
        // The host check keeps a web page in a local browser from reaching in under another name.
        var host = context.Request.Host.Host;
        var isLocal = context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
            && (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var named) && IPAddress.IsLoopback(named)));

        if (!isLocal)
        {
            await RefuseAsync(context, 403, "Control routes answer loopback callers only.");
            return;
        }

        try
        {
            await answer(context);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            await RefuseAsync(context, 400, exception.Message);
        }
        catch (KeyNotFoundException exception)
        {
            await RefuseAsync(context, 404, exception.Message);
        }
        catch (InvalidOperationException exception)
        {
            await RefuseAsync(context, 409, exception.Message);
        }
    }
}
