namespace Reanchor.Scanning;

/// <summary>A second cloud user that sync made because its real address was taken.</summary>
/// <param name="ConflictingValue">The UPN or address it wanted, without an <c>SMTP:</c> prefix.</param>
public sealed record QuarantinedDuplicate(Guid UserId, string UserPrincipalName, string ConflictingValue)
{
    /// <summary>The address it wanted is this user's.</summary>
    public bool IsOf(CloudUser user) =>
        UserId != user.Id
        && (Is(user.UserPrincipalName)
            || Is(user.PrimarySmtpAddress)
            || user.ProxyAddresses.Any(a => Is(a[(a.IndexOf(':') + 1)..])));

    private bool Is(string? address) =>
        address is not null && string.Equals(ConflictingValue, address, StringComparison.OrdinalIgnoreCase);
}
