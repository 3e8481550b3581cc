namespace Reanchor.GraphSimulator;

/// <summary>Graph's <c>user</c>. Filter capabilities: Microsoft Learn, "Advanced query capabilities", table for user.</summary>
internal static class UserType
{
    public const string ImmutableId = "onPremisesImmutableId";

    private static readonly FilterRules Exact = new() { Eq = Support.Default, Ne = Support.Advanced, In = Support.Default };
    private static readonly FilterRules Named = Exact with { StartsWith = Support.Default };
    private static readonly FilterRules Address = Named with { EndsWith = Support.Advanced };

    // One boxed value each: a query over a million users reads this property a million times.
    private static readonly object True = true;
    private static readonly object False = false;

    public static readonly EntityType<SimulatedUser> Type = new("microsoft.graph.user", "User",
    [
        new("businessPhones", _ => Array.Empty<string>()) { IsDefault = true, Kind = PropertyKind.Collection },
        new("displayName", user => user.DisplayName) { IsDefault = true, Filter = Named, OrderBy = Support.Default },
        new("givenName", user => user.GivenName) { IsDefault = true, Filter = Named },
        new("jobTitle", user => user.JobTitle) { IsDefault = true },
        new("mail", user => user.Mail) { IsDefault = true, Filter = Address },
        new("mobilePhone", _ => null) { IsDefault = true },
        new("officeLocation", _ => null) { IsDefault = true },
        new("preferredLanguage", _ => null) { IsDefault = true },
        new("surname", user => user.Surname) { IsDefault = true, Filter = Named },
        new("userPrincipalName", user => user.UserPrincipalName)
        {
            IsDefault = true,
            Filter = Address,
            OrderBy = Support.Default,
        },
        new("id", user => user.Id.ToString()) { IsDefault = true, Filter = Exact },
        new("userType", user => user.UserType) { Filter = Exact with { Null = Support.Advanced } },
        new("accountEnabled", user => Box(user.AccountEnabled)) { Kind = PropertyKind.Boolean, Filter = Exact },
        new("externalUserState", user => user.ExternalUserState),
        new("isResourceAccount", user => Box(user.IsResourceAccount)) { Kind = PropertyKind.Boolean },
        new("isManagementRestricted", user => Box(user.IsManagementRestricted)) { Kind = PropertyKind.Boolean },
        new("createdDateTime", user => user.CreatedDateTime) { Kind = PropertyKind.Date, OrderBy = Support.Advanced },
        new("deletedDateTime", user => user.DeletedDateTime) { Kind = PropertyKind.Date, OrderBy = Support.Advanced },
        new("proxyAddresses", user => user.ProxyAddresses)
        {
            Kind = PropertyKind.Collection,
            Filter = new() { Eq = Support.Default, StartsWith = Support.Default, EndsWith = Support.Advanced },
        },
        new(ImmutableId, user => user.OnPremisesImmutableId)
        {
            Comparison = StringComparison.Ordinal,
            Filter = Exact with { Null = Support.Advanced, StartsWith = Support.Refused, EndsWith = Support.Refused },
        },
        new("onPremisesSyncEnabled", user => Box(user.OnPremisesSyncEnabled))
        {
            Kind = PropertyKind.Boolean,
            Filter = Exact with { Null = Support.Advanced },
        },
        new("onPremisesLastSyncDateTime", user => user.OnPremisesLastSyncDateTime)
        {
            Kind = PropertyKind.Date,
            Filter = new() { Range = Support.Default },
        },
        new("onPremisesSecurityIdentifier", user => user.OnPremisesSecurityIdentifier)
        {
            Filter = new() { Eq = Support.Default, Null = Support.Advanced },
        },
        new("onPremisesSamAccountName", user => user.OnPremisesSamAccountName)
        {
            Filter = new() { Eq = Support.Advanced, StartsWith = Support.Advanced },
        },
        new("onPremisesDistinguishedName", user => user.OnPremisesDistinguishedName)
        {
            Filter = new() { Eq = Support.Advanced, StartsWith = Support.Advanced, Null = Support.Advanced },
        },
        new("onPremisesDomainName", user => user.OnPremisesDomainName) { Filter = FilterRules.None },
        new("onPremisesUserPrincipalName", user => user.OnPremisesUserPrincipalName) { Filter = FilterRules.None },
        new("onPremisesObjectIdentifier", user => user.OnPremisesObjectIdentifier) { BetaOnly = true },
        new("onPremisesProvisioningErrors", user => user.OnPremisesProvisioningErrors)
        {
            Kind = PropertyKind.Collection,
            Filter = new() { Eq = Support.Default, CountZero = Support.Advanced },
            ElementMembers = new Dictionary<string, Func<object, string?>>(StringComparer.OrdinalIgnoreCase)
            {
                ["category"] = error => ((ProvisioningError)error).Category,
                ["propertyCausingError"] = error => ((ProvisioningError)error).PropertyCausingError,
            },
        },
        new("serviceProvisioningErrors", _ => Array.Empty<string>()) { Kind = PropertyKind.Collection },
    ],
    [
        "aboutMe", "ageGroup", "assignedLicenses", "assignedPlans", "authorizationInfo", "birthday", "city", "companyName",
        "consentProvidedForMinor", "country", "creationType", "customSecurityAttributes", "department", "employeeHireDate",
        "employeeId", "employeeLeaveDateTime", "employeeOrgData", "employeeType", "externalUserStateChangeDateTime",
        "faxNumber", "hireDate", "identities", "imAddresses", "interests", "lastPasswordChangeDateTime",
        "legalAgeGroupClassification", "licenseAssignmentStates", "mailboxSettings", "mailNickname", "mySite",
        "onPremisesExtensionAttributes", "onPremisesSyncBehavior", "otherMails", "passwordPolicies", "passwordProfile",
        "pastProjects", "postalCode", "preferredDataLocation", "preferredName", "print", "provisionedPlans",
        "refreshTokensValidFromDateTime", "responsibilities", "schools", "securityIdentifier", "showInAddressList",
        "signInActivity", "signInSessionsValidFromDateTime", "skills", "state", "streetAddress", "usageLocation",
    ]);

    /// <summary>The rules in this tenant, which may be set to refuse the null test that Microsoft's table does not list.</summary>
    public static FilterRules RulesIn(SimulatedTenant tenant, EntityProperty<SimulatedUser> property) =>
        property.Name == ImmutableId && tenant.Settings.RefusesImmutableIdNullFilter
            ? property.Filter with { Null = Support.Refused }
            : property.Filter;

    private static object? Box(bool? value) => value switch
    {
        true => True,
        false => False,
        null => null,
    };
}
