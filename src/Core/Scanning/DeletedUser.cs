namespace Reanchor.Scanning;

/// <summary>A user in the tenant's deleted items.</summary>
/// <param name="UserPrincipalName">As it was before the deletion.</param>
/// <param name="Addresses">Without a prefix.</param>
public sealed record DeletedUser(
    Guid Id, string UserPrincipalName, string? DisplayName, IReadOnlyList<string> Addresses, DateTimeOffset? DeletedAt)
{
    public bool Has(string address) =>
        string.Equals(UserPrincipalName, address, StringComparison.OrdinalIgnoreCase)
        || Addresses.Contains(address, StringComparer.OrdinalIgnoreCase);
}
