using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Graph;

/// <summary>
/// Reads what is true of a whole tenant, in few requests. The subjects are read side by side and each of them one request after
/// the other, so at most as many requests are under way at once as there are subjects.
/// </summary>
internal static class GraphTenantFacts
{
    public static async Task<TenantFacts> ReadAsync(
        GraphTenantClient client, TenantPolicy policy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var organization = GraphOrganization.ReadAsync(client.Graph, cancellationToken);
        var roles = GraphRoles.ReadAsync(client.Graph, cancellationToken);
        var groups = GraphGroups.ReadAsync(client, policy.ProtectedGroupIds, cancellationToken);
        var users = GraphUserLists.ReadAsync(client.Graph, now, cancellationToken);
        await Task.WhenAll(organization, roles, groups, users);

        var (sync, federatedByDomain, features) = await organization;
        var (activeRoles, eligibleRoles) = await roles;
        var (roleAssignable, eligibleForGroups, protectedMembers) = await groups;
        var (duplicates, softDeleted, userCount, givenBack) = await users;

        return new()
        {
            Sync = sync,
            FederatedByDomain = federatedByDomain,
            ActiveRoles = activeRoles,
            EligibleRoles = eligibleRoles,
            RoleAssignableGroupPrincipals = roleAssignable,
            EligibleGroupPrincipals = eligibleForGroups,
            ProtectedGroupMembers = protectedMembers,
            GivenBackToAd = givenBack,
            Features = features,
            Duplicates = duplicates,
            SoftDeletedHolders = softDeleted,
            UserCount = userCount,
        };
    }
}
