using System.Text.Json.Serialization;
using Reanchor.Anchors;

namespace Reanchor.Scanning;

/// <summary>A user as Entra shows it now.</summary>
public sealed record CloudUser
{
    public required Guid Id { get; init; }

    public required string UserPrincipalName { get; init; }

    public string? DisplayName { get; init; }

    public string? Mail { get; init; }

    /// <summary>Addresses with their prefix: <c>SMTP:</c> is the primary one.</summary>
    public IReadOnlyList<string> ProxyAddresses { get; init; } = [];

    /// <summary><c>Member</c> or <c>Guest</c>; <see langword="null"/> for some old users.</summary>
    public string? UserType { get; init; }

    public bool? AccountEnabled { get; init; }

    /// <summary>onPremisesImmutableId, exactly as stored; <see langword="null"/> when empty.</summary>
    public SourceAnchor? Anchor { get; init; }

    /// <summary>
    /// <see langword="true"/>: synced. <see langword="false"/>: was synced, deleted and restored. <see langword="null"/>: never
    /// synced, or sync was turned off for the tenant, or the user was converted to cloud-managed.
    /// </summary>
    public bool? OnPremisesSyncEnabled { get; init; }

    public OnPremisesValues OnPremises { get; init; } = new();

    public string? ExternalUserState { get; init; }

    public bool? IsResourceAccount { get; init; }

    /// <summary>Member of a restricted management administrative unit.</summary>
    public bool? IsManagementRestricted { get; init; }

    [JsonIgnore]
    public bool IsSynced => OnPremisesSyncEnabled is true;

    /// <summary>The address that soft match compares: the <c>SMTP:</c> one, else mail.</summary>
    [JsonIgnore]
    public string? PrimarySmtpAddress =>
        ProxyAddresses.FirstOrDefault(a => a.StartsWith("SMTP:", StringComparison.Ordinal))?[5..] ?? Mail;

    [JsonIgnore]
    public string UpnDomain => UserPrincipalName[(UserPrincipalName.LastIndexOf('@') + 1)..];
}
