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

    public static GraphResponse Get(GraphRequest request)
    {
        request.Query.Allow("$select");
        var select = request.Query.Select ?? throw GraphRefusal.NotSimulated("a group without $select");
        var properties = DirectoryTypes.Group.Select(select, request.IsBeta);
        var group = Find(request);

        return GraphResponse.Ok(EntityWriter.Write(json =>
        {
            json.WriteString("@odata.context", $"{request.Origin}/{request.Version}/$metadata#groups({select})/$entity");
            EntityWriter.WriteProperties(json, group, properties);
        }));
    }

    public static GraphResponse Members(GraphRequest request) => Principals(request, group => group.Members);

    public static GraphResponse TransitiveMembers(GraphRequest request) => Principals(request, group => Transitive(request.Tenant, group));

    public static GraphResponse Owners(GraphRequest request) => Principals(request, group => group.Owners);

    private static GraphResponse Principals(GraphRequest request, Func<SimulatedGroup, IReadOnlyList<Guid>> principals)
    {
        var group = Find(request);

        return new Collection<DirectoryObject>(DirectoryTypes.DirectoryObject, "directoryObjects")
        {
            All = () => [.. principals(group).Select(principal => Describe(request.Tenant, principal))],
            Options = ["$select", "$top", "$skiptoken"],
            RequiresSelect = true,
            ODataType = item => item.ODataType,
        }.Answer(request);
    }

    private static SimulatedGroup Find(GraphRequest request) =>
        (Guid.TryParse(request.Segments[1], out var id) ? request.Tenant.Groups.FirstOrDefault(group => group.Id == id) : null)
        ?? throw GraphRefusal.NotFound(request.Segments[1]);

    /// <summary>Members at any depth, each once; groups may contain each other in a circle.</summary>
    private static List<Guid> Transitive(SimulatedTenant tenant, SimulatedGroup top)
    {
        var groups = tenant.Groups.ToDictionary(group => group.Id);
        var found = new List<Guid>();
        var open = new Queue<SimulatedGroup>([top]);

        while (open.TryDequeue(out var group))
        {
            foreach (var member in group.Members.Except(found).ToList())
            {
                found.Add(member);

                if (groups.TryGetValue(member, out var nested))
                {
                    open.Enqueue(nested);
                }
            }
        }

        return found;
    }

    private static DirectoryObject Describe(SimulatedTenant tenant, Guid id) =>
        tenant.FindUser(id) is { } user ? new(id, "#microsoft.graph.user", user.DisplayName, user.UserPrincipalName)
        : tenant.Groups.FirstOrDefault(group => group.Id == id) is { } group ? new(id, "#microsoft.graph.group", group.DisplayName, null)
        : new(id, "#microsoft.graph.servicePrincipal", null, null);
}
