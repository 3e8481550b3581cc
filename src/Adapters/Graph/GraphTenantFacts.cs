using System.Globalization;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions.Serialization;
using Reanchor.Anchors;
using Reanchor.Scanning;

namespace Reanchor.Adapters.Graph;

/// <summary>Reads what is true of a whole tenant, in few requests.</summary>
internal static class GraphTenantFacts
{
    private const int PageSize = 999;

    public static async Task<TenantFacts> ReadAsync(GraphServiceClient graph, CancellationToken cancellationToken) => new()
    {
        Sync = await GraphCall.ReadAsync("Organization.Read.All", async () =>
        {
            var page = await graph.Organization.GetAsync(
                r => r.QueryParameters.Select = ["id", "onPremisesSyncEnabled", "onPremisesLastSyncDateTime"], cancellationToken);
            var organization = page?.Value?.FirstOrDefault();
            return new OrganisationSync(organization?.OnPremisesSyncEnabled, organization?.OnPremisesLastSyncDateTime);
        }, cancellationToken),

        FederatedByDomain = await GraphCall.ReadAsync("Domain.Read.All", async () =>
        {
            var page = await graph.Domains.GetAsync(r => r.QueryParameters.Select = ["id", "authenticationType"], cancellationToken);
            var domains = await AllAsync<Domain, DomainCollectionResponse>(graph, page, cancellationToken);

            // Anything but Managed is taken for federated: an unknown type is not a licence to clear.
            return (IReadOnlyDictionary<string, bool>)domains.ToDictionary(
                d => d.Id!.ToLowerInvariant(), d => d.AuthenticationType is not "Managed");
        }, cancellationToken),

        ActiveRoles = await GraphCall.ReadAsync("RoleManagement.Read.Directory", async () =>
        {
            var page = await graph.RoleManagement.Directory.RoleAssignments.GetAsync(
                r => r.QueryParameters.Select = ["id", "principalId", "roleDefinitionId"], cancellationToken);
            var all = await AllAsync<UnifiedRoleAssignment, UnifiedRoleAssignmentCollectionResponse>(graph, page, cancellationToken);
            return (IReadOnlyDictionary<Guid, string>)ByPrincipal(all.Select(a => (a.PrincipalId, a.RoleDefinitionId)));
        }, cancellationToken),

        EligibleRoles = await GraphCall.ReadAsync(
            "RoleEligibilitySchedule.Read.Directory", () => ReadEligibleAsync(graph, cancellationToken), cancellationToken),

        RoleAssignableGroupPrincipals = await GraphCall.ReadAsync(
            "GroupMember.Read.All", () => ReadGroupPrincipalsAsync(graph, cancellationToken), cancellationToken),

        Features = await ReadFeaturesAsync(graph, cancellationToken),

        Duplicates = await GraphCall.ReadAsync(
            "User.Read.All", () => ReadDuplicatesAsync(graph, cancellationToken), cancellationToken),

        SoftDeletedHolders = await ReadSoftDeletedAsync(graph, cancellationToken),

        UserCount = await GraphCall.ReadAsync("User.Read.All", async () =>
            await graph.Users.Count.GetAsync(r => r.Headers.Add("ConsistencyLevel", "eventual"), cancellationToken) ?? 0,
            cancellationToken),
    };

    public static Task<Reading<ILookup<SourceAnchor, Guid>>> ReadSoftDeletedAsync(
        GraphServiceClient graph, CancellationToken cancellationToken) =>
        GraphCall.ReadAsync("User.Read.All", async () =>
        {
            var page = await graph.Directory.DeletedItems.GraphUser.GetAsync(
                r =>
                {
                    r.QueryParameters.Select = ["id", "onPremisesImmutableId"];
                    r.QueryParameters.Top = PageSize;
                },
                cancellationToken);
            var deleted = await AllAsync<User, UserCollectionResponse>(graph, page, cancellationToken);

            return deleted
                .Where(u => !string.IsNullOrEmpty(u.OnPremisesImmutableId))
                .ToLookup(u => new SourceAnchor(u.OnPremisesImmutableId!), u => Guid.Parse(u.Id!));
        }, cancellationToken);

    private static async Task<Reading<SyncFeatures>> ReadFeaturesAsync(
        GraphServiceClient graph, CancellationToken cancellationToken)
    {
        var answer = await GraphCall.ReadAsync(
            "OnPremDirectorySynchronization.Read.All",
            () => graph.Directory.OnPremisesSynchronization.GetAsync(cancellationToken: cancellationToken),
            cancellationToken);

        // No features, or none by this name, does not mean that soft match is allowed.
        return !answer.IsKnown ? Reading.Unknown<SyncFeatures>(answer.UnknownBecause!)
            : answer.Value?.Value?.FirstOrDefault()?.Features is { BlockSoftMatchEnabled: { } softMatchBlocked } features
                ? Reading.Known(new SyncFeatures(
                    softMatchBlocked, features.BlockCloudObjectTakeoverThroughHardMatchEnabled ?? false))
            : Reading.Unknown<SyncFeatures>("Graph sent no blockSoftMatchEnabled.");
    }

    private static async Task<IReadOnlyDictionary<Guid, string>> ReadEligibleAsync(
        GraphServiceClient graph, CancellationToken cancellationToken)
    {
        try
        {
            var page = await graph.RoleManagement.Directory.RoleEligibilityScheduleInstances.GetAsync(
                r => r.QueryParameters.Select = ["id", "principalId", "roleDefinitionId"], cancellationToken);
            var all = await AllAsync<UnifiedRoleEligibilityScheduleInstance, UnifiedRoleEligibilityScheduleInstanceCollectionResponse>(
                graph, page, cancellationToken);
            return ByPrincipal(all.Select(a => (a.PrincipalId, a.RoleDefinitionId)));
        }
        catch (ODataError ex) when (ex.Error?.Code == "AadPremiumLicenseRequired")
        {
            // Without the licence there is no eligibility, so nobody has one.
            return new Dictionary<Guid, string>();
        }
    }

    private static async Task<IReadOnlySet<Guid>> ReadGroupPrincipalsAsync(
        GraphServiceClient graph, CancellationToken cancellationToken)
    {
        var page = await graph.Groups.GetAsync(
            r =>
            {
                r.QueryParameters.Filter = "isAssignableToRole eq true";
                r.QueryParameters.Select = ["id"];
            },
            cancellationToken);
        var principals = new HashSet<Guid>();

        foreach (var group in await AllAsync<Group, GroupCollectionResponse>(graph, page, cancellationToken))
        {
            var members = await graph.Groups[group.Id].Members.GetAsync(
                r => r.QueryParameters.Select = ["id"], cancellationToken);
            var owners = await graph.Groups[group.Id].Owners.GetAsync(
                r => r.QueryParameters.Select = ["id"], cancellationToken);

            foreach (var list in new[] { members, owners })
            {
                principals.UnionWith(
                    (await AllAsync<DirectoryObject, DirectoryObjectCollectionResponse>(graph, list, cancellationToken))
                    .Select(o => Guid.Parse(o.Id!)));
            }
        }

        return principals;
    }

    private static async Task<IReadOnlyList<QuarantinedDuplicate>> ReadDuplicatesAsync(
        GraphServiceClient graph, CancellationToken cancellationToken)
    {
        var page = await graph.Users.GetAsync(
            r =>
            {
                r.QueryParameters.Filter = "onPremisesProvisioningErrors/any(e:e/category eq 'PropertyConflict')";
                r.QueryParameters.Select = ["id", "userPrincipalName", "onPremisesProvisioningErrors"];
                r.QueryParameters.Top = PageSize;
            },
            cancellationToken);

        return
        [
            .. from user in await AllAsync<User, UserCollectionResponse>(graph, page, cancellationToken)
               from error in user.OnPremisesProvisioningErrors ?? []
               let value = error.Value ?? ""
               select new QuarantinedDuplicate(Guid.Parse(user.Id!), user.UserPrincipalName ?? "", value[(value.IndexOf(':') + 1)..])
        ];
    }

    private static Dictionary<Guid, string> ByPrincipal(IEnumerable<(string? Principal, string? Role)> assignments) =>
        assignments
            .Where(a => Guid.TryParse(a.Principal, out _))
            .GroupBy(a => Guid.Parse(a.Principal!, CultureInfo.InvariantCulture), a => a.Role ?? "")
            .ToDictionary(
                g => g.Key, g => g.Contains(WellKnownRoles.DirectorySynchronizationAccounts) ? WellKnownRoles.DirectorySynchronizationAccounts : g.First());

    private static async Task<List<TItem>> AllAsync<TItem, TPage>(
        GraphServiceClient graph, TPage? firstPage, CancellationToken cancellationToken)
        where TPage : IParsable, IAdditionalDataHolder, new()
    {
        var items = new List<TItem>();

        if (firstPage is not null)
        {
            await PageIterator<TItem, TPage>
                .CreatePageIterator(graph, firstPage, item =>
                {
                    items.Add(item);
                    return true;
                })
                .IterateAsync(cancellationToken);
        }

        return items;
    }
}
