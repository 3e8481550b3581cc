using System.Text.Json.Serialization;

namespace Reanchor.GraphSimulator;

/// <summary>A user account of an on-premises Active Directory.</summary>
public sealed record AdAccount
{
    /// <summary>Left empty, <see cref="AdForest.AddAccount"/> chooses one.</summary>
    public Guid ObjectGuid { get; init; }

    public Guid? ConsistencyGuid { get; init; }

    /// <summary>The value of a custom anchor attribute, used when the tenant's anchor attribute is neither GUID.</summary>
    public string? CustomAnchor { get; init; }

    public string? Sid { get; init; }
    public required string UserPrincipalName { get; init; }
    public string? Mail { get; init; }
    public IReadOnlyList<string> ProxyAddresses { get; init; } = [];
    public string? SamAccountName { get; init; }
    public string? DisplayName { get; init; }
    public string? DistinguishedName { get; init; }
    public bool Enabled { get; init; } = true;

    /// <summary>In the AD Recycle Bin.</summary>
    public bool Deleted { get; init; }

    /// <summary>Selected for synchronisation.</summary>
    public bool InScope { get; init; } = true;

    public Guid? MailboxGuid { get; init; }

    /// <summary>The address marked <c>SMTP:</c>, or <see cref="Mail"/>, without its prefix.</summary>
    [JsonIgnore]
    public string? PrimaryAddress => Addresses.Primary(ProxyAddresses, Mail);

    /// <summary>The anchor that a sync derives from this account, or null when the attribute it comes from is empty.</summary>
    public string? AnchorBy(string attribute) =>
        attribute.Equals("ms-DS-ConsistencyGuid", StringComparison.OrdinalIgnoreCase) ? ToAnchor(ConsistencyGuid ?? ObjectGuid)
        : attribute.Equals("objectGUID", StringComparison.OrdinalIgnoreCase) ? ToAnchor(ObjectGuid)
        : CustomAnchor;

    /// <summary>Base64 of the GUID's bytes in Windows order.</summary>
    public static string ToAnchor(Guid value) => Convert.ToBase64String(value.ToByteArray());
}
