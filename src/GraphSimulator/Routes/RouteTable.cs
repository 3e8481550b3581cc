namespace Reanchor.GraphSimulator;

/// <summary>Every Graph route the simulator models, under v1.0 and beta alike. The order matters: a fixed segment goes before <c>{}</c>.</summary>
internal static class RouteTable
{
    private static readonly string[] ReadUsers =
        [GraphPermissions.UserReadAll, GraphPermissions.UserReadWriteAll, GraphPermissions.DirectoryReadAll];

    private static readonly string[] WriteUsers = [GraphPermissions.UserReadWriteAll];

    private static readonly string[] ReadGroups =
        [GraphPermissions.GroupMemberReadAll, GraphPermissions.GroupReadAll, GraphPermissions.DirectoryReadAll];

    private static readonly string[] ReadApplications = [GraphPermissions.ApplicationReadAll, GraphPermissions.DirectoryReadAll];

    private static readonly string[] ReadWriteProvisioning = [GraphPermissions.ProvisioningReadWriteAll];

    private static readonly GraphRoute[] Routes =
    [
        new("GET", "organization", [GraphPermissions.OrganizationReadAll, GraphPermissions.DirectoryReadAll], 1, OrganizationRoutes.Organization),
        new("GET", "domains", [GraphPermissions.DomainReadAll, GraphPermissions.DirectoryReadAll], 1, OrganizationRoutes.Domains),
        new("GET", "directory/onPremisesSynchronization", [GraphPermissions.SynchronizationReadAll], 1, OrganizationRoutes.Synchronization),
        new("GET", "roleManagement/directory/roleAssignments",
            [GraphPermissions.RoleManagementReadDirectory, GraphPermissions.DirectoryReadAll], 1, RoleRoutes.Assignments),
        new("GET", "roleManagement/directory/roleEligibilityScheduleInstances",
            [GraphPermissions.RoleEligibilityReadDirectory, GraphPermissions.RoleManagementReadDirectory], 1, RoleRoutes.Eligibilities),
        new("GET", "groups", ReadGroups, 2, GroupRoutes.List),
        new("GET", "groups/{}", ReadGroups, 1, GroupRoutes.Get),
        new("GET", "groups/{}/members", ReadGroups, 3, GroupRoutes.Members),
        new("GET", "groups/{}/transitiveMembers", ReadGroups, 5, GroupRoutes.TransitiveMembers),
        new("GET", "groups/{}/owners", ReadGroups, 2, GroupRoutes.Owners),
        new("GET", "identityGovernance/privilegedAccess/group/eligibilityScheduleInstances",
            [GraphPermissions.GroupEligibilityRead], 1, RoleRoutes.GroupEligibilities),
        new("GET", "auditLogs/directoryAudits", [GraphPermissions.AuditLogReadAll], 1, AuditRoutes.List),
        new("GET", "servicePrincipals", ReadApplications, 1, ServicePrincipalRoutes.List),
        new("GET", "servicePrincipals/{}/appRoleAssignments", ReadApplications, 1, ServicePrincipalRoutes.AppRoleAssignments),
        new("GET", "servicePrincipals/{}/synchronization/jobs", ReadWriteProvisioning, 0, ProvisioningRoutes.Jobs),
        new("GET", "servicePrincipals/{}/synchronization/jobs/{}/schema", ReadWriteProvisioning, 0, ProvisioningRoutes.Schema),
        new("POST", "servicePrincipals/{}/synchronization/jobs/{}/provisionOnDemand", ReadWriteProvisioning, 0, ProvisioningRoutes.Provision),
        new("GET", "contacts", [GraphPermissions.OrgContactReadAll, GraphPermissions.DirectoryReadAll], 1, ContactRoutes.List),
        new("GET", "users", ReadUsers, 2, UserRoutes.List),
        new("GET", "users/$count", ReadUsers, 2, UserRoutes.Count),
        new("GET", "users/{}", ReadUsers, 1, UserRoutes.Get),
        new("PATCH", "users/{}", WriteUsers, 1, UserPatch.Answer),
        new("DELETE", "users/{}", WriteUsers, 1, UserRoutes.Delete),
        new("GET", "users/{}/onPremisesSyncBehavior", [GraphPermissions.SyncBehaviorReadWriteAll], 1, UserRoutes.SyncBehavior),
        new("GET", "users/{}/mailboxSettings", [GraphPermissions.MailboxSettingsRead], 0, UserRoutes.MailboxSettings),
        new("GET", "directory/deletedItems/microsoft.graph.user", ReadUsers, 2, DeletedUserRoutes.List),
        new("GET", "directory/deletedItems/graph.user", ReadUsers, 2, DeletedUserRoutes.List),
        new("GET", "directory/deletedItems/{}", ReadUsers, 1, DeletedUserRoutes.Get),
        new("DELETE", "directory/deletedItems/{}", WriteUsers, 1, DeletedUserRoutes.Delete),
        new("POST", "directory/deletedItems/{}/restore", WriteUsers, 1, DeletedUserRoutes.Restore),
    ];

    /// <exception cref="GraphRefusal">No such route: 501. So is <c>delta</c>, which would else pass for a user's name.</exception>
    public static GraphRoute Find(string method, IReadOnlyList<string> segments) =>
        (segments is [_, "delta"] ? null : Array.Find(Routes, route => route.Method == method && route.Matches(segments)))
        ?? throw GraphRefusal.NotSimulated($"{method} /{string.Join('/', segments)}");
}
