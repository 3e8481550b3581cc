namespace Reanchor.GraphSimulator;

/// <summary>
/// A cloud user. Property names follow Graph's; a null means what it means there. Never edited in place:
/// <see cref="SimulatedTenant.UpdateUser"/> swaps one value for the next.
/// </summary>
public sealed record SimulatedUser
{
    // Most of a large tenant is plain cloud users, so what they lack costs them one empty reference.
    private OnPremisesPart? _onPremises;

    /// <summary>Left empty, <see cref="SimulatedTenant.AddUser"/> chooses one.</summary>
    public Guid Id { get; init; }

    public required string UserPrincipalName { get; init; }
    public string? DisplayName { get; init; }
    public string? GivenName { get; init; }
    public string? Surname { get; init; }
    public string? JobTitle { get; init; }
    public string? Mail { get; init; }

    /// <summary>The primary address starts with <c>SMTP:</c>, the others with <c>smtp:</c>.</summary>
    public IReadOnlyList<string> ProxyAddresses { get; init; } = [];

    public string? UserType { get; init; } = "Member";
    public string? ExternalUserState { get; init; }
    public bool AccountEnabled { get; init; } = true;
    public bool? IsResourceAccount { get; init; }

    /// <summary>Member of a restricted-management administrative unit.</summary>
    public bool IsManagementRestricted { get; init; }

    /// <summary>Source of authority was transferred to the cloud.</summary>
    public bool IsCloudManaged { get; init; }

    /// <summary><c>user</c>, <c>shared</c>, <c>room</c>, <c>equipment</c> ..., or null for a user without a mailbox.</summary>
    public string? UserPurpose { get; init; }

    public DateTimeOffset CreatedDateTime { get; init; }
    public DateTimeOffset? DeletedDateTime { get; init; }

    public string? OnPremisesImmutableId
    {
        get => _onPremises?.ImmutableId;
        init => _onPremises = Part with { ImmutableId = value };
    }

    /// <summary>True: synced. False: was synced, then deleted and restored. Null: never synced, or authority moved to the cloud.</summary>
    public bool? OnPremisesSyncEnabled
    {
        get => _onPremises?.SyncEnabled;
        init => _onPremises = Part with { SyncEnabled = value };
    }

    public DateTimeOffset? OnPremisesLastSyncDateTime
    {
        get => _onPremises?.LastSyncDateTime;
        init => _onPremises = Part with { LastSyncDateTime = value };
    }

    public string? OnPremisesSecurityIdentifier
    {
        get => _onPremises?.SecurityIdentifier;
        init => _onPremises = Part with { SecurityIdentifier = value };
    }

    public string? OnPremisesSamAccountName
    {
        get => _onPremises?.SamAccountName;
        init => _onPremises = Part with { SamAccountName = value };
    }

    public string? OnPremisesDistinguishedName
    {
        get => _onPremises?.DistinguishedName;
        init => _onPremises = Part with { DistinguishedName = value };
    }

    public string? OnPremisesDomainName
    {
        get => _onPremises?.DomainName;
        init => _onPremises = Part with { DomainName = value };
    }

    public string? OnPremisesUserPrincipalName
    {
        get => _onPremises?.UserPrincipalName;
        init => _onPremises = Part with { UserPrincipalName = value };
    }

    /// <summary>The objectGUID of the AD account that last took the user over; beta only on the wire.</summary>
    public string? OnPremisesObjectIdentifier
    {
        get => _onPremises?.ObjectIdentifier;
        init => _onPremises = Part with { ObjectIdentifier = value };
    }

    public IReadOnlyList<ProvisioningError> OnPremisesProvisioningErrors
    {
        get => _onPremises?.ProvisioningErrors ?? [];
        init => _onPremises = Part with { ProvisioningErrors = value };
    }

    private OnPremisesPart Part => _onPremises ?? OnPremisesPart.None;
}
