using Microsoft.Extensions.Options;
using Reanchor.Anchors;
using Reanchor.Preflight;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Graph;

internal sealed class GraphDirectoryReader(GraphReaderClients clients, IOptions<GraphOptions> options, TimeProvider clock) : IDirectoryReader
{
    public Task<TenantFacts> ReadTenantFactsAsync(Tenant tenant, CancellationToken cancellationToken) =>
        GraphTenantFacts.ReadAsync(clients.For(tenant), tenant.Policy, clock.GetUtcNow(), cancellationToken);

    public Task<DirectoryAccess> ReadAccessAsync(Tenant tenant, CancellationToken cancellationToken) =>
        GraphAccess.ReadAsync(clients.For(tenant), options.Value.ClientId, options.Value.Writer?.ClientId, cancellationToken);

    public Task<UserPage> ReadAnchoredUsersAsync(
        Tenant tenant, string? pageLink, bool filterOnServer, CancellationToken cancellationToken) =>
        GraphUserReader.ReadPageAsync(clients.For(tenant), pageLink, filterOnServer, cancellationToken);

    public Task<IReadOnlyList<UserFacts>> ReadUserFactsAsync(
        Tenant tenant, IReadOnlyList<CloudUser> users, CancellationToken cancellationToken) =>
        GraphUserFacts.ReadAsync(clients.For(tenant), [.. users.Select(u => u.Id)], cancellationToken);

    public Task<CloudUser?> FindUserAsync(Tenant tenant, Guid userId, CancellationToken cancellationToken) =>
        GraphUserReader.FindAsync(clients.For(tenant), userId, cancellationToken);

    public Task<CloudUser?> FindUserByNameAsync(Tenant tenant, string userPrincipalName, CancellationToken cancellationToken) =>
        GraphUserReader.FindByNameAsync(clients.For(tenant), userPrincipalName, cancellationToken);

    public Task<Reading<IReadOnlyList<DeletedUser>>> ReadDeletedUsersAsync(Tenant tenant, CancellationToken cancellationToken) =>
        GraphAddressOwners.ReadDeletedAsync(clients.For(tenant).Graph, cancellationToken);

    public Task<AddressOwners> FindAddressOwnersAsync(
        Tenant tenant, IReadOnlyList<string> addresses, CancellationToken cancellationToken) =>
        GraphAddressOwners.FindAsync(clients.For(tenant).Graph, addresses, cancellationToken);

    public Task<IReadOnlyList<PartnerClaims>> FindPartnerClaimsAsync(
        Tenant tenant, IReadOnlyList<PartnerKeys> partners, CancellationToken cancellationToken) =>
        GraphPartnerClaims.FindAsync(clients.For(tenant), partners, cancellationToken);

    public Task<IReadOnlyList<Guid>> FindAnchorHoldersAsync(
        Tenant tenant, SourceAnchor anchor, CancellationToken cancellationToken) =>
        GraphUserReader.FindHoldersAsync(clients.For(tenant), anchor, cancellationToken);

    public Task<Reading<IReadOnlyList<QuarantinedDuplicate>>> FindDuplicatesAsync(
        Tenant tenant, CancellationToken cancellationToken) =>
        GraphUserLists.ReadDuplicatesAsync(clients.For(tenant).Graph, cancellationToken);

    public async Task<Reading<IReadOnlyList<Guid>>> FindSoftDeletedHoldersAsync(
        Tenant tenant, SourceAnchor anchor, CancellationToken cancellationToken)
    {
        var holders = await GraphUserLists.ReadSoftDeletedAsync(clients.For(tenant).Graph, cancellationToken);

        return holders.IsKnown
            ? Reading.Known<IReadOnlyList<Guid>>([.. holders.Value[anchor]])
            : Reading.UnknownLike<IReadOnlyList<Guid>>(holders);
    }
}
