namespace Reanchor.GraphSimulator;

internal static class UserRoutes
{
    public static GraphResponse List(GraphRequest request) => Users(request.Tenant).Answer(request);

    public static GraphResponse Count(GraphRequest request)
    {
        request.Query.Allow("$filter");
        return request.IsEventual
            ? GraphResponse.Text(Users(request.Tenant).CountMatches(request).ToString(System.Globalization.CultureInfo.InvariantCulture))
            : throw GraphRefusal.BadRequest("$count is not currently supported.");
    }

    public static GraphResponse Get(GraphRequest request)
    {
        request.Query.Allow("$select");
        var properties = UserType.Type.Select(request.Query.Select, request.IsBeta);
        var user = Find(request);

        return GraphResponse.Ok(EntityWriter.Write(json =>
        {
            json.WriteString("@odata.context", $"{request.Origin}/{request.Version}/$metadata#users/$entity");
            EntityWriter.WriteProperties(json, user, properties);
        }));
    }

    public static GraphResponse Delete(GraphRequest request)
    {
        request.Query.Allow();
        var user = Find(request);
        RequirePrivilegeOver(request.Tenant, user);
        request.Tenant.SoftDeleteUser(user.Id);
        return GraphResponse.NoContent();
    }

    public static GraphResponse SyncBehavior(GraphRequest request)
    {
        request.Query.Allow("$select");

        if (request.Query.Select is { } select && !select.Equals("isCloudManaged", StringComparison.OrdinalIgnoreCase))
        {
            throw GraphRefusal.NotSimulated($"$select={select} on onPremisesSyncBehavior");
        }

        var user = Find(request);
        return GraphResponse.Ok(EntityWriter.Write(json =>
        {
            json.WriteString("@odata.context", $"{request.Origin}/{request.Version}/$metadata#users('{user.Id}')/onPremisesSyncBehavior/$entity");
            json.WriteString("id", user.Id);
            json.WriteBoolean("isCloudManaged", user.IsCloudManaged);
        }));
    }

    public static GraphResponse MailboxSettings(GraphRequest request)
    {
        request.Query.Allow("$select");

        if (request.Query.Select is not { } select || !select.Equals("userPurpose", StringComparison.OrdinalIgnoreCase))
        {
            throw GraphRefusal.NotSimulated("mailboxSettings other than $select=userPurpose");
        }

        var user = Find(request);

        if (user.UserPurpose is not { } purpose)
        {
            throw new GraphRefusal(404, "MailboxNotEnabledForRESTAPI", "The mailbox is either inactive, soft-deleted, or is hosted on-premise.");
        }

        return GraphResponse.Ok(EntityWriter.Write(json =>
        {
            json.WriteString("@odata.context", $"{request.Origin}/{request.Version}/$metadata#users('{user.Id}')/mailboxSettings(userPurpose)");
            json.WriteString("userPurpose", purpose);
        }));
    }

    /// <exception cref="GraphRefusal">There is no such live user: 404.</exception>
    public static SimulatedUser Find(GraphRequest request) =>
        request.Tenant.FindUser(request.Segments[1]) ?? throw GraphRefusal.NotFound(request.Segments[1]);

    /// <summary>Changing a privileged user takes Privileged Authentication Administrator, whatever the app was consented to.</summary>
    public static void RequirePrivilegeOver(SimulatedTenant tenant, SimulatedUser user)
    {
        if (!tenant.Settings.AppHoldsPrivilegedRole && tenant.IsPrivileged(user))
        {
            throw GraphRefusal.Denied();
        }
    }

    private static Collection<SimulatedUser> Users(SimulatedTenant tenant) => new(UserType.Type, "users")
    {
        All = () => tenant.Users,
        Refresh = user => tenant.FindUser(user.Id),
        Lookup = filter => Lookup(tenant, filter),
        Rules = property => UserType.RulesIn(tenant, property),
        Options = ["$select", "$filter", "$top", "$count", "$orderby", "$skiptoken"],
        LargestPage = tenant.Settings.LargestUserPage ?? int.MaxValue,
    };

    // Look-ups of single users, and several of them joined by "or", must not read a million users.
    private static IReadOnlyCollection<SimulatedUser>? Lookup(SimulatedTenant tenant, FilterNode filter)
    {
        if (filter is FilterNode.Or(var left, var right))
        {
            return Lookup(tenant, left) is { } one && Lookup(tenant, right) is { } other ? [.. one.UnionBy(other, user => user.Id)] : null;
        }

        if ((filter is FilterNode.Any any ? any.Body : filter) is not FilterNode.Compare { Operator: "eq", Literal.IsNull: false } compare)
        {
            return null;
        }

        var value = compare.Literal.Text;
        var path = filter is FilterNode.Any { Collection: var collection } ? collection : compare.Path;

        lock (tenant.Gate)
        {
            return path.ToUpperInvariant() switch
            {
                "USERPRINCIPALNAME" => ListOf(tenant.Directory.FindByUpn(value)),
                "ONPREMISESIMMUTABLEID" => ListOf(tenant.Directory.FindByAnchor(value)),
                "ID" => ListOf(Guid.TryParse(value, out var id) ? tenant.Directory.Find(id) : null),
                "MAIL" or "PROXYADDRESSES" => [.. tenant.Directory.FindByAddress(Addresses.Bare(value))],
                _ => null,
            };
        }
    }

    private static IReadOnlyCollection<SimulatedUser> ListOf(SimulatedUser? user) => user is null ? [] : [user];
}
