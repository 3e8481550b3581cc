using System.Globalization;

namespace Reanchor.GraphSimulator;

internal static class RequestControl
{
    /// <summary>Filters: <c>method</c>, <c>contains</c> (part of path and query), <c>after</c> (request number).</summary>
    public static Task ListAsync(HttpContext context, SimulatedTenant tenant)
    {
        var query = context.Request.Query;
        var after = query["after"] is [{ } text] ? long.Parse(text, CultureInfo.InvariantCulture) : 0;
        var part = query["contains"].ToString();
        var requests = tenant.Cloud.Requests.For(tenant.Id, query["method"] is [{ Length: > 0 } method] ? method : null)
            .Where(request => request.Number > after && request.Target.Contains(part, StringComparison.OrdinalIgnoreCase));
        return ControlJson.WriteAsync(context, new ItemList<RecordedRequest>(requests));
    }
}
