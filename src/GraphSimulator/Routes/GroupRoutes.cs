namespace Reanchor.GraphSimulator;

internal static class GroupRoutes
{
    // Graph returns far more of a group than is modelled, so a list without $select would be a guess.
    public static GraphResponse List(GraphRequest request) =>
        new Collection<SimulatedGroup>(DirectoryTypes.Group, "groups")
        {
            All = () => request.Tenant.Groups,
            RequiresSelect = true,
        }.Answer(request);

    public static GraphResponse Members(GraphRequest request) => Principals(request, group => group.Members);

    public static GraphResponse Owners(GraphRequest request) => Principals(request, group => group.Owners);

    private static GraphResponse Principals(GraphRequest request, Func<SimulatedGroup, IReadOnlyList<Guid>> principals)
    {
        var id = request.Segments[1];
        var group = request.Tenant.Groups.FirstOrDefault(group => Guid.TryParse(id, out var groupId) && group.Id == groupId)
            ?? throw GraphRefusal.NotFound(id);

        return new Collection<DirectoryObject>(DirectoryTypes.DirectoryObject, "directoryObjects")
        {
            All = () => [.. principals(group).Select(principal => Describe(request.Tenant, principal))],
            Options = ["$select", "$top", "$skiptoken"],
            RequiresSelect = true,
            ODataType = item => item.ODataType,
        }.Answer(request);
    }

    private static DirectoryObject Describe(SimulatedTenant tenant, Guid id) =>
        tenant.FindUser(id) is { } user ? new(id, "#microsoft.graph.user", user.DisplayName, user.UserPrincipalName)
        : tenant.Groups.FirstOrDefault(group => group.Id == id) is { } group ? new(id, "#microsoft.graph.group", group.DisplayName, null)
        : new(id, "#microsoft.graph.servicePrincipal", null, null);
}
