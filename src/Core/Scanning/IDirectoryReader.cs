using Reanchor.Anchors;
using Reanchor.Preflight;
using Reanchor.Tenants;

namespace Reanchor.Scanning;

/// <summary>
/// Reads a tenant's Entra directory. What the directory refuses to show comes back as an unknown reading; a directory that
/// cannot be reached, or asks to slow down, is a <see cref="DirectoryUnavailableException"/>, which a retry may cure.
/// </summary>
public interface IDirectoryReader
{
    Task<TenantFacts> ReadTenantFactsAsync(Tenant tenant, CancellationToken cancellationToken);

    /// <summary>Which permissions Reanchor has in the tenant, as far as it may know.</summary>
    Task<DirectoryAccess> ReadAccessAsync(Tenant tenant, CancellationToken cancellationToken);

    /// <param name="pageLink"><see langword="null"/> for the first page, else <see cref="UserPage.Next"/>.</param>
    /// <param name="filterOnServer"><see langword="false"/> when the directory refused to filter on the anchor.</param>
    /// <exception cref="AnchorFilterRefusedException">The directory does not take this filter: ask again without it.</exception>
    /// <exception cref="PageExpiredException">The page's link is no longer good: start from the first page.</exception>
    Task<UserPage> ReadAnchoredUsersAsync(
        Tenant tenant, string? pageLink, bool filterOnServer, CancellationToken cancellationToken);

    /// <summary>The user's facts in the order of <paramref name="users"/>.</summary>
    Task<IReadOnlyList<UserFacts>> ReadUserFactsAsync(
        Tenant tenant, IReadOnlyList<CloudUser> users, CancellationToken cancellationToken);

    /// <returns><see langword="null"/> when there is no such user, or it is deleted.</returns>
    Task<CloudUser?> FindUserAsync(Tenant tenant, Guid userId, CancellationToken cancellationToken);

    /// <param name="userPrincipalName">With an <c>@</c>.</param>
    /// <returns><see langword="null"/> when no live user signs in with this name.</returns>
    Task<CloudUser?> FindUserByNameAsync(Tenant tenant, string userPrincipalName, CancellationToken cancellationToken);

    /// <summary>Users that can still be restored.</summary>
    Task<Reading<IReadOnlyList<DeletedUser>>> ReadDeletedUsersAsync(Tenant tenant, CancellationToken cancellationToken);

    /// <summary>Live objects that have one of these names or addresses.</summary>
    /// <param name="addresses">Without an <c>SMTP:</c> prefix; four at most, because Graph limits the length of a filter.</param>
    Task<AddressOwners> FindAddressOwnersAsync(
        Tenant tenant, IReadOnlyList<string> addresses, CancellationToken cancellationToken);

    /// <summary>Who has a claim to these on-premises accounts, in the order of <paramref name="partners"/>.</summary>
    Task<IReadOnlyList<PartnerClaims>> FindPartnerClaimsAsync(
        Tenant tenant, IReadOnlyList<PartnerKeys> partners, CancellationToken cancellationToken);

    /// <summary>Live users that hold this anchor. At most one, unless the directory is inconsistent.</summary>
    Task<IReadOnlyList<Guid>> FindAnchorHoldersAsync(
        Tenant tenant, SourceAnchor anchor, CancellationToken cancellationToken);

    /// <summary>Users that sync made because another one owned their UPN or address.</summary>
    Task<Reading<IReadOnlyList<QuarantinedDuplicate>>> FindDuplicatesAsync(Tenant tenant, CancellationToken cancellationToken);

    /// <summary>Deleted users that still hold this anchor.</summary>
    Task<Reading<IReadOnlyList<Guid>>> FindSoftDeletedHoldersAsync(
        Tenant tenant, SourceAnchor anchor, CancellationToken cancellationToken);
}
