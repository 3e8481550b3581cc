namespace Reanchor.GraphSimulator;

/// <summary>The smaller resources, with the properties and filters that the routes model.</summary>
internal static class DirectoryTypes
{
    private static readonly FilterRules Equality = new() { Eq = Support.Default };
    private static readonly FilterRules Address = new() { Eq = Support.Default, StartsWith = Support.Default };

    public static readonly EntityType<SimulatedDomain> Domain = new("microsoft.graph.domain", "Domain",
    [
        new("id", domain => domain.Id) { IsDefault = true },
        new("authenticationType", domain => domain.AuthenticationType) { IsDefault = true },
        new("isDefault", domain => domain.IsDefault) { IsDefault = true, Kind = PropertyKind.Boolean },
        new("isInitial", domain => domain.IsInitial) { IsDefault = true, Kind = PropertyKind.Boolean },
        new("isVerified", domain => domain.IsVerified) { IsDefault = true, Kind = PropertyKind.Boolean },
    ],
    [
        "availabilityStatus", "isAdminManaged", "isRoot", "manufacturer", "model", "passwordNotificationWindowInDays",
        "passwordValidityPeriodInDays", "state", "supportedServices",
    ]);

    public static readonly EntityType<SimulatedGroup> Group = new("microsoft.graph.group", "Group",
    [
        new("id", group => group.Id.ToString()) { IsDefault = true },
        new("displayName", group => group.DisplayName) { IsDefault = true },
        new("isAssignableToRole", group => group.IsAssignableToRole)
        {
            IsDefault = true,
            Kind = PropertyKind.Boolean,
            Filter = Equality,
        },
        new("visibility", group => group.Visibility) { IsDefault = true },
        new("mail", group => group.Mail) { IsDefault = true, Filter = Address },
        new("proxyAddresses", group => group.ProxyAddresses) { IsDefault = true, Kind = PropertyKind.Collection, Filter = Address },
    ],
    [
        "classification", "createdDateTime", "deletedDateTime", "description", "expirationDateTime", "groupTypes",
        "mailEnabled", "mailNickname", "membershipRule", "onPremisesSyncEnabled", "renewedDateTime",
        "securityEnabled", "securityIdentifier", "theme",
    ]);

    /// <summary>Filters: Microsoft Learn, orgContact resource type.</summary>
    public static readonly EntityType<SimulatedContact> Contact = new("microsoft.graph.orgContact", "Contact",
    [
        new("id", contact => contact.Id.ToString()) { IsDefault = true },
        new("displayName", contact => contact.DisplayName) { IsDefault = true },
        new("mail", contact => contact.Mail) { IsDefault = true, Filter = Address },
        new("proxyAddresses", contact => contact.ProxyAddresses) { IsDefault = true, Kind = PropertyKind.Collection, Filter = Address },
    ],
    [
        "addresses", "companyName", "deletedDateTime", "department", "givenName", "jobTitle", "mailNickname", "onPremisesLastSyncDateTime",
        "onPremisesProvisioningErrors", "onPremisesSyncEnabled", "phones", "serviceProvisioningErrors", "surname",
    ]);

    public static readonly EntityType<RoleGrant> RoleAssignment =
        new("microsoft.graph.unifiedRoleAssignment", "RoleAssignment", GrantProperties(), ["appScopeId", "condition", "principalOrganizationId"]);

    public static readonly EntityType<RoleGrant> RoleEligibility =
        new("microsoft.graph.unifiedRoleEligibilityScheduleInstance", "RoleEligibilityScheduleInstance", GrantProperties(),
            ["appScopeId", "endDateTime", "memberType", "roleEligibilityScheduleId", "startDateTime"]);

    /// <summary>Filters: Microsoft Learn, privilegedAccessGroupEligibilityScheduleInstance.</summary>
    public static readonly EntityType<GroupEligibility> GroupEligibility =
        new("microsoft.graph.privilegedAccessGroupEligibilityScheduleInstance", "PrivilegedAccessGroupEligibilityScheduleInstance",
        [
            new("id", item => item.Id) { IsDefault = true },
            new("groupId", item => item.GroupId.ToString()) { IsDefault = true, Filter = Equality },
            new("principalId", item => item.PrincipalId.ToString()) { IsDefault = true, Filter = Equality },
            new("accessId", item => item.AccessId) { IsDefault = true, Filter = Equality },
        ],
        ["eligibilityScheduleId", "endDateTime", "memberType", "startDateTime"]);

    /// <summary>Filters: Microsoft Learn, directoryAudit resource type.</summary>
    public static readonly EntityType<DirectoryAudit> DirectoryAudit = new("microsoft.graph.directoryAudit", "DirectoryAudit",
    [
        new("id", audit => audit.Id.ToString()) { IsDefault = true },
        new("activityDateTime", audit => audit.ActivityDateTime)
        {
            IsDefault = true,
            Kind = PropertyKind.Date,
            Filter = new() { Range = Support.Default },
        },
        new("activityDisplayName", audit => audit.ActivityDisplayName)
        {
            IsDefault = true,
            Filter = new() { Eq = Support.Default, StartsWith = Support.Default },
        },
        new("category", audit => audit.Category) { IsDefault = true },
        new("result", audit => audit.Result) { IsDefault = true },
        new("targetResources", audit => new[] { audit }) { IsDefault = true, Kind = PropertyKind.Collection },
    ],
    ["additionalDetails", "correlationId", "initiatedBy", "loggedByService", "operationType", "resultReason", "userAgent"]);

    public static readonly EntityType<ServicePrincipal> ServicePrincipal = new("microsoft.graph.servicePrincipal", "ServicePrincipal",
    [
        new("id", principal => principal.Id.ToString()) { IsDefault = true },
        new("appId", principal => principal.AppId.ToString())
        {
            IsDefault = true,
            Filter = new() { Eq = Support.Default, In = Support.Default },
        },
        new("applicationTemplateId", principal => principal.ApplicationTemplateId?.ToString()) { IsDefault = true, Filter = Equality },
        new("displayName", principal => principal.DisplayName) { IsDefault = true },
        new("appRoles", principal => principal.AppRoles) { IsDefault = true, Kind = PropertyKind.Collection },
    ],
    ["accountEnabled", "appOwnerOrganizationId", "oauth2PermissionScopes", "servicePrincipalNames", "servicePrincipalType", "tags"]);

    public static readonly EntityType<AppRoleAssignment> AppRoleAssignment = new("microsoft.graph.appRoleAssignment", "AppRoleAssignment",
    [
        new("id", assignment => assignment.Id) { IsDefault = true },
        new("appRoleId", assignment => assignment.AppRoleId.ToString()) { IsDefault = true },
        new("principalId", assignment => assignment.PrincipalId.ToString()) { IsDefault = true },
        new("resourceId", assignment => assignment.ResourceId.ToString()) { IsDefault = true },
    ],
    ["createdDateTime", "principalDisplayName", "principalType", "resourceDisplayName"]);

    public static readonly EntityType<SimulatedTenant> Organization = new("microsoft.graph.organization", "Organization",
    [
        new("id", tenant => tenant.Id.ToString()) { IsDefault = true },
        new("displayName", tenant => tenant.DisplayName) { IsDefault = true },
        new("onPremisesSyncEnabled", tenant => tenant.OnPremisesSyncEnabled) { IsDefault = true, Kind = PropertyKind.Boolean },
        new("onPremisesLastSyncDateTime", tenant => tenant.OnPremisesLastSyncDateTime) { IsDefault = true, Kind = PropertyKind.Date },
        new("verifiedDomains", tenant => tenant.Domains.Where(domain => domain.IsVerified).ToArray())
        {
            IsDefault = true,
            Kind = PropertyKind.Collection,
        },
    ],
    [
        "assignedPlans", "businessPhones", "city", "country", "countryLetterCode", "createdDateTime", "defaultUsageLocation",
        "marketingNotificationEmails", "onPremisesLastPasswordSyncDateTime", "partnerTenantType", "postalCode",
        "preferredLanguage", "privacyProfile", "provisionedPlans", "state", "street", "tenantType", "technicalNotificationMails",
    ]);

    public static readonly EntityType<DirectoryObject> DirectoryObject = new("microsoft.graph.directoryObject", "DirectoryObject",
    [
        new("id", item => item.Id.ToString()) { IsDefault = true },
        new("displayName", item => item.DisplayName),
        new("userPrincipalName", item => item.UserPrincipalName),
    ],
    ["deletedDateTime", "mail"]);

    private static EntityProperty<RoleGrant>[] GrantProperties() =>
    [
        new("id", grant => grant.Id) { IsDefault = true },
        new("principalId", grant => grant.PrincipalId.ToString()) { IsDefault = true, Filter = Equality },
        new("roleDefinitionId", grant => grant.RoleDefinitionId.ToString()) { IsDefault = true, Filter = Equality },
        new("directoryScopeId", grant => grant.DirectoryScopeId) { IsDefault = true },
    ];
}
