using System.Text.Json;

namespace Reanchor.GraphSimulator;

/// <summary>PATCH of a user: the anchor, and in beta the object identifier, with the refusals that Graph is known for.</summary>
internal static class UserPatch
{
    private const string ObjectIdentifier = "onPremisesObjectIdentifier";

    public static GraphResponse Answer(GraphRequest request)
    {
        request.Query.Allow();
        var changes = Read(request);
        var tenant = request.Tenant;

        // One lock over check and change: two writers may not both find the value free.
        lock (tenant.Gate)
        {
            var user = UserRoutes.Find(request);
            UserRoutes.RequirePrivilegeOver(tenant, user);

            if (user.OnPremisesSyncEnabled == true)
            {
                throw GraphRefusal.BadRequest(
                    "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.");
            }

            foreach (var (name, value) in changes)
            {
                user = name == ObjectIdentifier ? ClearObjectIdentifier(request, user) : SetAnchor(tenant, user, value);
            }

            tenant.UpdateUser(user.Id, _ => user);
        }

        return GraphResponse.NoContent();
    }

    private static List<(string Name, string? Value)> Read(GraphRequest request)
    {
        var changes = new List<(string Name, string? Value)>();

        foreach (var property in Parse(request.Body).EnumerateObject())
        {
            if (property.Name == "@odata.type")
            {
                continue;
            }

            var isObjectIdentifier = property.Name == ObjectIdentifier && request.IsBeta;

            if (property.Name != UserType.ImmutableId && !isObjectIdentifier)
            {
                throw GraphRefusal.NotSimulated($"PATCH of property '{property.Name}' on /{request.Version}/users");
            }

            var value = property.Value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => property.Value.GetString(),
                _ => throw GraphRefusal.BadRequest(
                    $"A value was encountered that has a type name that is incompatible with the metadata. Property '{property.Name}' takes Edm.String."),
            };

            if (isObjectIdentifier && value is not null)
            {
                throw InvalidValue(property.Name);
            }

            changes.Add((property.Name, value));
        }

        return changes.Count > 0 ? changes : throw GraphRefusal.NotSimulated("PATCH of a user without properties");
    }

    private static JsonElement Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);

            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document.RootElement.Clone();
            }
        }
        catch (JsonException)
        {
            // Answered below.
        }

        throw new GraphRefusal(400, "BadRequest", "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.");
    }

    private static SimulatedUser ClearObjectIdentifier(GraphRequest request, SimulatedUser user) =>
        request.Tenant.Settings.PermissionsOf(request.AppId).Contains(GraphPermissions.SyncBehaviorReadWriteAll)
            ? user with { OnPremisesObjectIdentifier = null }
            : throw GraphRefusal.Denied();

    private static SimulatedUser SetAnchor(SimulatedTenant tenant, SimulatedUser user, string? anchor)
    {
        if (tenant.IsFederated(user.UserPrincipalName))
        {
            // That Graph refuses is well attested; its exact words are not.
            throw GraphRefusal.BadRequest($"Property '{UserType.ImmutableId}' cannot be changed for a user in a federated domain.");
        }

        if (anchor is not null && (anchor.Length == 0 || anchor.AsSpan().ContainsAny('$', '_')))
        {
            throw InvalidValue(UserType.ImmutableId);
        }

        if (anchor is not null && Holder(tenant, anchor) is { } holder && holder.Id != user.Id)
        {
            const string Message = $"Another object with the same value for property {UserType.ImmutableId} already exists.";
            throw new GraphRefusal(400, "Request_BadRequest", Message)
            {
                Details =
                [
                    ("ObjectConflict", UserType.ImmutableId, Message),
                    ("ConflictingObjects", $"User_{holder.Id}", Message),
                ],
            };
        }

        return user with { OnPremisesImmutableId = anchor };
    }

    private static SimulatedUser? Holder(SimulatedTenant tenant, string anchor) =>
        tenant.Directory.FindByAnchor(anchor)
        ?? (tenant.Settings.SoftDeletedAnchorBlocks ? tenant.Directory.FindDeletedByAnchor(anchor) : null);

    private static GraphRefusal InvalidValue(string property) =>
        GraphRefusal.BadRequest($"Invalid value specified for property '{property}' of resource 'User'.");
}
