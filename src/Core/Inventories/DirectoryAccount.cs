using Reanchor.Anchors;
using Reanchor.Tenants;

namespace Reanchor.Inventories;

/// <summary>One on-premises user account, as an inventory lists it.</summary>
public sealed record DirectoryAccount
{
    public required Guid ObjectGuid { get; init; }

    /// <summary>mS-DS-ConsistencyGuid, when it is set to 16 bytes.</summary>
    public Guid? ConsistencyGuid { get; init; }

    /// <summary>
    /// mS-DS-ConsistencyGuid in Base64, when it is set to anything but 16 bytes. Sync takes any bytes, so it is an anchor in use all the
    /// same.
    /// </summary>
    public string? OddConsistencyGuid { get; init; }

    /// <summary>The value of a chosen anchor attribute, as sync would send it.</summary>
    public string? CustomAnchor { get; init; }

    /// <summary>objectSid in S-1-... form.</summary>
    public string? Sid { get; init; }

    public string? UserPrincipalName { get; init; }

    public string? Mail { get; init; }

    /// <summary>Addresses with their prefix: <c>SMTP:</c> is the primary one, <c>smtp:</c> the others.</summary>
    public IReadOnlyList<string> ProxyAddresses { get; init; } = [];

    public string? SamAccountName { get; init; }

    /// <summary><see langword="null"/> when the inventory does not say.</summary>
    public bool? Enabled { get; init; }

    /// <summary>In the AD Recycle Bin: it may come back, so its anchor is in use; it is nobody's partner.</summary>
    public bool Deleted { get; init; }

    /// <summary>msExchMailboxGuid, when the account has an on-premises mailbox.</summary>
    public Guid? MailboxGuid { get; init; }

    /// <summary>
    /// The inventory lists mailboxes, so an account without <see cref="MailboxGuid"/> has none. Otherwise nobody knows.
    /// </summary>
    public bool MailboxListed { get; init; }

    /// <summary>Where the account is in AD, by which Cloud Sync is asked for it; <see langword="null"/> when the inventory does not say.</summary>
    public string? DistinguishedName { get; init; }

    /// <summary>The address that soft match compares: the <c>SMTP:</c> one, else mail.</summary>
    public string? PrimarySmtpAddress =>
        ProxyAddresses.FirstOrDefault(a => a.StartsWith("SMTP:", StringComparison.Ordinal))?[5..] ?? Mail;

    /// <summary>The anchor that the tenant's sync will write, or <see langword="null"/> when a custom one is not listed.</summary>
    public SourceAnchor? ExpectedAnchor(AnchorAttribute attribute) =>
        attribute == AnchorAttribute.ObjectGuid ? SourceAnchor.FromGuid(ObjectGuid)
        : attribute == AnchorAttribute.ConsistencyGuid
            ? SourceAnchor.TryParse(OddConsistencyGuid, null, out var odd) ? odd : SourceAnchor.FromGuid(ConsistencyGuid ?? ObjectGuid)
        : SourceAnchor.TryParse(CustomAnchor, null, out var custom) ? custom
        : null;
}
