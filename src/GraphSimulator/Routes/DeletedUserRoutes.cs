using System.Text;

namespace Reanchor.GraphSimulator;

/// <summary>The directory's recycle bin, as far as it holds users.</summary>
internal static class DeletedUserRoutes
{
    public static GraphResponse List(GraphRequest request)
    {
        var tenant = request.Tenant;
        return new Collection<SimulatedUser>(UserType.Type, "directoryObjects/microsoft.graph.user")
        {
            All = () => tenant.DeletedUsers,
            Refresh = user => FindDeleted(tenant, user.Id),
            Rules = property => UserType.RulesIn(tenant, property),
            Options = ["$select", "$filter", "$top", "$count", "$orderby", "$skiptoken"],
            FiltersOnlyAdvanced = true,
        }.Answer(request);
    }

    public static GraphResponse Get(GraphRequest request)
    {
        request.Query.Allow("$select");
        var properties = UserType.Type.Select(request.Query.Select, request.IsBeta);
        return Describe(request, Find(request), properties);
    }

    public static GraphResponse Delete(GraphRequest request)
    {
        request.Query.Allow();
        request.Tenant.HardDeleteUser(Find(request).Id);
        return GraphResponse.NoContent();
    }

    public static GraphResponse Restore(GraphRequest request)
    {
        request.Query.Allow();

        if (request.Body.Length > 0 && Encoding.UTF8.GetString(request.Body).Trim() is not ("" or "{}"))
        {
            throw GraphRefusal.NotSimulated("a restore with a body");
        }

        var tenant = request.Tenant;

        lock (tenant.Gate)
        {
            var deleted = Find(request);
            var restored = SimulatedTenant.AsLive(deleted) with
            {
                OnPremisesSyncEnabled = deleted.OnPremisesSyncEnabled is null ? null : false,
            };

            if (!tenant.Directory.TryPut(restored, out var property))
            {
                var message = $"Another object with the same value for property {property} already exists.";
                throw new GraphRefusal(400, "Request_BadRequest", message) { Details = [("ObjectConflict", property, message)] };
            }

            tenant.Directory.RemoveDeleted(restored.Id);
            return Describe(request, restored, UserType.Type.Select(null, request.IsBeta));
        }
    }

    private static SimulatedUser Find(GraphRequest request) =>
        Guid.TryParse(request.Segments[2], out var id) && FindDeleted(request.Tenant, id) is { } user
            ? user
            : throw GraphRefusal.NotFound(request.Segments[2]);

    private static SimulatedUser? FindDeleted(SimulatedTenant tenant, Guid id)
    {
        lock (tenant.Gate)
        {
            return tenant.Directory.FindDeleted(id);
        }
    }

    private static GraphResponse Describe(GraphRequest request, SimulatedUser user, IReadOnlyList<EntityProperty<SimulatedUser>> properties) =>
        GraphResponse.Ok(EntityWriter.Write(json =>
        {
            json.WriteString("@odata.context", $"{request.Origin}/{request.Version}/$metadata#directoryObjects/$entity");
            json.WriteString("@odata.type", "#microsoft.graph.user");
            EntityWriter.WriteProperties(json, user, properties);
        }));
}
