namespace Reanchor.GraphSimulator;

internal static class ServicePrincipalRoutes
{
    // Graph returns far more of a service principal than is modelled.
    public static GraphResponse List(GraphRequest request) =>
        new Collection<ServicePrincipal>(DirectoryTypes.ServicePrincipal, "servicePrincipals")
        {
            All = () => ServicePrincipal.AllIn(request.Tenant),
            RequiresSelect = true,
        }.Answer(request);

    public static GraphResponse AppRoleAssignments(GraphRequest request)
    {
        var principal = ServicePrincipal.AllIn(request.Tenant).FirstOrDefault(principal => $"{principal.Id}" == request.Segments[1])
            ?? throw GraphRefusal.NotFound(request.Segments[1]);

        return new Collection<AppRoleAssignment>(DirectoryTypes.AppRoleAssignment, "appRoleAssignments")
        {
            All = () => principal.GrantedIn(request.Tenant),
            Options = ["$top", "$skiptoken"],
        }.Answer(request);
    }
}
