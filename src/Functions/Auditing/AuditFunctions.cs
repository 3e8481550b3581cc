using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Auditing;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Tenants;

namespace Reanchor.Functions.Auditing;

public sealed class AuditFunctions(ITenantStore tenants, IAuditTrail audit)
{
    [Function("ListAudit")]
    [RequiresRole(Role.Read)]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenants/{tenantId}/audit")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken)
    {
        var (from, fromProblem) = Query.Instant(request, "from");
        var (to, toProblem) = Query.Instant(request, "to");
        var (top, topProblem) = Query.Top(request);
        var user = request.Query["user"].ToString();
        var format = request.Query["format"].ToString();

        if ((fromProblem ?? toProblem ?? topProblem) is { } problem)
        {
            return problem;
        }

        if (user.Length > 0 && !Guid.TryParseExact(user, "D", out _))
        {
            return Problems.BadRequest("'user' must be the object id of a user.");
        }

        var query = new AuditQuery(TenantId.Parse(tenantId, null), from, to, user.Length > 0 ? Guid.Parse(user) : null);

        return format switch
        {
            "" or "json" => await Answers.ListAsync(
                tenants,
                query.Tenant,
                () => audit.ListAsync(query, top, Query.Next(request), cancellationToken),
                AuditView.Of,
                cancellationToken),
            "csv" => Results.Stream(
                stream => AuditCsv.WriteAsync(audit, query, stream, cancellationToken), "text/csv; charset=utf-8", $"audit-{tenantId}.csv"),
            _ => Problems.BadRequest("'format' must be json or csv."),
        };
    }
}
