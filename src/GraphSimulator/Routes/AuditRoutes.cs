namespace Reanchor.GraphSimulator;

internal static class AuditRoutes
{
    public static GraphResponse List(GraphRequest request) =>
        new Collection<DirectoryAudit>(DirectoryTypes.DirectoryAudit, "auditLogs/directoryAudits")
        {
            All = () => request.Tenant.DirectoryAudits,
            Options = ["$filter", "$top", "$skiptoken"],
        }.Answer(request);
}
