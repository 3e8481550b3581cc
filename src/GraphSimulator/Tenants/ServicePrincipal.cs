namespace Reanchor.GraphSimulator;

/// <summary>An application in a tenant: Microsoft Graph itself, the one that calls it, or Cloud Sync.</summary>
internal sealed record ServicePrincipal(Guid Id, Guid AppId, string DisplayName, IReadOnlyList<AppRole> AppRoles)
{
    /// <summary>What every service principal of Cloud Sync is made from.</summary>
    private static readonly Guid CloudSyncTemplate = new("1a4721b3-e57f-4451-ae87-ef078703ec94");

    /// <summary>The same in every cloud.</summary>
    private static readonly Guid GraphAppId = new("00000003-0000-0000-c000-000000000000");

    /// <summary>Graph's own. The ids of its roles differ between clouds, so here they differ between processes.</summary>
    private static readonly ServicePrincipal Graph = new(
        Guid.NewGuid(), GraphAppId, "Microsoft Graph", [.. GraphPermissions.All.Select(name => new AppRole(Guid.NewGuid(), name))]);

    private static readonly ServicePrincipal Application = new(Guid.NewGuid(), SimulatedCloud.ApplicationId, "Reanchor", []);

    private static readonly ServicePrincipal Writer = new(Guid.NewGuid(), SimulatedCloud.WriterId, "Reanchor writer", []);

    public Guid? ApplicationTemplateId { get; init; }

    public static IReadOnlyList<ServicePrincipal> AllIn(SimulatedTenant tenant) =>
        [Graph, Application, .. tenant.Settings.WriterPermissions is null ? [] : new[] { Writer }, .. tenant.Settings.UsesCloudSync ? tenant.Forests.Select(CloudSyncOf) : []];

    // The portal names it after the domain.
    private static ServicePrincipal CloudSyncOf(AdForest forest) =>
        new(forest.CloudSyncId, forest.CloudSyncId, forest.Name, []) { ApplicationTemplateId = CloudSyncTemplate };

    /// <summary>What a tenant has granted to this one.</summary>
    public IReadOnlyList<AppRoleAssignment> GrantedIn(SimulatedTenant tenant) => this != Application && this != Writer
        ? []
        : [.. Graph.AppRoles
            .Where(role => tenant.Settings.PermissionsOf($"{AppId}").Contains(role.Value))
            .Select(role => new AppRoleAssignment($"{role.Id:N}", role.Id, Id, Graph.Id))];
}
