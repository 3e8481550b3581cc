using System.Text.Json.Serialization;
using Reanchor.Anchors;
using Reanchor.Scanning;

namespace Reanchor.Adapters.Graph;

/// <summary>A user as Graph sends it. Read by generated code: the SDK's model costs several times as much for each user.</summary>
internal sealed record GraphUserJson(
    Guid Id,
    string? UserPrincipalName,
    string? DisplayName,
    string? Mail,
    List<string>? ProxyAddresses,
    string? UserType,
    bool? AccountEnabled,
    string? OnPremisesImmutableId,
    bool? OnPremisesSyncEnabled,
    DateTimeOffset? OnPremisesLastSyncDateTime,
    string? OnPremisesSecurityIdentifier,
    string? OnPremisesObjectIdentifier,
    string? OnPremisesSamAccountName,
    string? OnPremisesDistinguishedName,
    string? OnPremisesDomainName,
    string? OnPremisesUserPrincipalName,
    string? ExternalUserState,
    bool? IsResourceAccount,
    bool? IsManagementRestricted)
{
    /// <summary>Beta: onPremisesObjectIdentifier is not in v1.0, and none of these is in the default set.</summary>
    public const string Select =
        "id,userPrincipalName,displayName,mail,proxyAddresses,userType,accountEnabled,onPremisesImmutableId,"
        + "onPremisesSyncEnabled,onPremisesLastSyncDateTime,onPremisesSecurityIdentifier,onPremisesObjectIdentifier,"
        + "onPremisesSamAccountName,onPremisesDistinguishedName,onPremisesDomainName,onPremisesUserPrincipalName,"
        + "externalUserState,isResourceAccount,isManagementRestricted";

    public CloudUser ToCloudUser() => new()
    {
        Id = Id,
        UserPrincipalName = UserPrincipalName ?? "",
        DisplayName = DisplayName,
        Mail = Mail,
        ProxyAddresses = ProxyAddresses ?? [],
        UserType = UserType,
        AccountEnabled = AccountEnabled,
        Anchor = SourceAnchor.TryParse(OnPremisesImmutableId, null, out var anchor) ? anchor : null,
        OnPremisesSyncEnabled = OnPremisesSyncEnabled,
        OnPremises = new()
        {
            SecurityIdentifier = OnPremisesSecurityIdentifier,
            ObjectIdentifier = OnPremisesObjectIdentifier,
            SamAccountName = OnPremisesSamAccountName,
            DistinguishedName = OnPremisesDistinguishedName,
            DomainName = OnPremisesDomainName,
            UserPrincipalName = OnPremisesUserPrincipalName,
            LastSyncAt = OnPremisesLastSyncDateTime,
        },
        ExternalUserState = ExternalUserState,
        IsResourceAccount = IsResourceAccount,
        IsManagementRestricted = IsManagementRestricted,
    };
}

internal sealed record GraphUserPageJson(
    List<GraphUserJson> Value, [property: JsonPropertyName("@odata.nextLink")] string? NextLink);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GraphUserJson))]
[JsonSerializable(typeof(GraphUserPageJson))]
internal sealed partial class GraphJsonContext : JsonSerializerContext;
