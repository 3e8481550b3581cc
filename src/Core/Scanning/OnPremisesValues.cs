namespace Reanchor.Scanning;

/// <summary>Every other on-premises value of a user. Kept in full before a clear, because a match overwrites them.</summary>
public sealed record OnPremisesValues
{
    /// <summary>The SID of the account it was last matched to.</summary>
    public string? SecurityIdentifier { get; init; }

    /// <summary>The objectGUID of the account it was last matched to; stamped by newer sync clients only. Cannot be written back.</summary>
    public string? ObjectIdentifier { get; init; }

    public string? SamAccountName { get; init; }

    public string? DistinguishedName { get; init; }

    public string? DomainName { get; init; }

    public string? UserPrincipalName { get; init; }

    public DateTimeOffset? LastSyncAt { get; init; }

    /// <summary>Whether there is an object identifier, and not that of this account. One that is no GUID is nobody's we know.</summary>
    public bool IdentifyAnotherThan(Guid objectGuid) =>
        ObjectIdentifier is { } identifier && !(Guid.TryParse(identifier, out var id) && id == objectGuid);
}
