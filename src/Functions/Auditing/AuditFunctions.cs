using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Auditing;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Sealing;
using Reanchor.Tenants;

namespace Reanchor.Functions.Auditing;

/// <summary>The trail of one tenant; and, for who may see all tenants, of what names none.</summary>
public sealed class AuditFunctions(ITenantStore tenants, IAuditTrail audit, VerifyTrailHandler verify)
{
    [Function("ListAudit")]
    [Asks("from", typeof(DateTimeOffset))]
    [Asks("to", typeof(DateTimeOffset))]
    [Asks("user", typeof(Guid))]
    [Asks("type", typeof(string))]
    [Asks("actor", typeof(string))]
    [Asks("format", typeof(AuditFormat))]
    [Asks("top", typeof(int))]
    [Asks("next", typeof(string))]
    [Answers(typeof(ListView<AuditView>), Also = new[] { "text/csv", "application/x-ndjson" })]
    [RequiresRole(Role.Read)]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenants/{tenantId}/audit")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken) =>
        AnswerAsync(request, TenantId.Parse(tenantId, null), cancellationToken);

    [Function("VerifyAudit")]
    [Answers(typeof(VerificationView))]
    [RequiresRole(Role.Read)]
    public async Task<IResult> VerifyAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenants/{tenantId}/audit/verify")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken)
    {
        var tenant = TenantId.Parse(tenantId, null);
        var found = await verify.HandleAsync(tenant, cancellationToken);

        return found is { Events: 0, Seals: 0, FaultCount: 0 } && await tenants.FindAsync(tenant, cancellationToken) is null
            ? Problems.NoTenant(tenant)
            : Answers.Json(VerificationView.Of(found));
    }

    [Function("ListUnassignedAudit")]
    [Asks("from", typeof(DateTimeOffset))]
    [Asks("to", typeof(DateTimeOffset))]
    [Asks("user", typeof(Guid))]
    [Asks("type", typeof(string))]
    [Asks("actor", typeof(string))]
    [Asks("format", typeof(AuditFormat))]
    [Asks("top", typeof(int))]
    [Asks("next", typeof(string))]
    [Answers(typeof(ListView<AuditView>), Also = new[] { "text/csv", "application/x-ndjson" })]
    [RequiresRole(Role.Read)]
    public async Task<IResult> ListUnassignedAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "audit")] HttpRequest request, CancellationToken cancellationToken) =>
        request.HttpContext.RefuseUnlessAllTenants() ?? await AnswerAsync(request, default, cancellationToken);

    [Function("VerifyUnassignedAudit")]
    [Answers(typeof(VerificationView))]
    [RequiresRole(Role.Read)]
    public async Task<IResult> VerifyUnassignedAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "audit/verify")] HttpRequest request, CancellationToken cancellationToken) =>
        request.HttpContext.RefuseUnlessAllTenants()
        ?? Answers.Json(VerificationView.Of(await verify.HandleAsync(default, cancellationToken)));

    private async Task<IResult> AnswerAsync(HttpRequest request, TenantId tenant, CancellationToken cancellationToken)
    {
        var (query, queryProblem) = AuditFilter.Read(request, tenant);
        var (top, topProblem) = Query.Top(request);
        var (format, formatProblem) = Query.Member<AuditFormat>(request, "format");

        if (query is null || (topProblem ?? formatProblem) is not null)
        {
            return queryProblem ?? topProblem ?? formatProblem!;
        }

        var name = tenant == default ? "audit" : $"audit-{tenant}";

        return format switch
        {
            null or AuditFormat.Json when tenant == default => await Answers.ListAsync(Page, AuditView.Of),
            null or AuditFormat.Json => await Answers.ListAsync(tenants, tenant, Page, AuditView.Of, cancellationToken),
            AuditFormat.Csv => Results.Stream(
                stream => AuditCsv.WriteAsync(audit, query, stream, cancellationToken), "text/csv; charset=utf-8", $"{name}.csv"),
            _ => Results.Stream(
                stream => AuditNdjson.WriteAsync(audit, query, stream, cancellationToken), "application/x-ndjson", $"{name}.ndjson"),
        };

        Task<Page<AuditEntry>> Page() => audit.ListAsync(query, top, Query.Next(request), cancellationToken);
    }
}
