using Microsoft.AspNetCore.Http;
using Reanchor.Auditing;
using Reanchor.Functions.Http;
using Reanchor.Tenants;

namespace Reanchor.Functions.Auditing;

/// <summary>Which events are asked for: <c>from</c>, <c>to</c>, <c>user</c>, <c>type</c>, <c>actor</c>.</summary>
internal static class AuditFilter
{
    /// <returns>The filter, or the problem to answer with; never both.</returns>
    public static (AuditQuery? Query, IResult? Problem) Read(HttpRequest request, TenantId tenant)
    {
        var (from, fromProblem) = Query.Instant(request, "from");
        var (to, toProblem) = Query.Instant(request, "to");
        var user = request.Query["user"].ToString();
        var type = request.Query["type"].ToString();
        var actor = request.Query["actor"].ToString();

        if ((fromProblem ?? toProblem) is { } problem)
        {
            return (null, problem);
        }

        if (user.Length > 0 && !Guid.TryParseExact(user, "D", out _))
        {
            return (null, Problems.BadRequest("'user' must be the object id of a user."));
        }

        // A misspelt one would be answered with an empty list, which looks like 'never happened'.
        if (type.Length > 0 && !AuditEvent.Types.Contains(type))
        {
            return (null, Problems.BadRequest($"'type' must be one of {string.Join(", ", AuditEvent.Types)}."));
        }

        return (new(tenant, from, to, user.Length > 0 ? Guid.Parse(user) : null, NotEmpty(type), NotEmpty(actor)), null);
    }

    private static string? NotEmpty(string text) => text.Length > 0 ? text : null;
}
