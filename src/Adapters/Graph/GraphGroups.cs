using System.Net;
using Microsoft.Graph.Models;
using Reanchor.Preflight;
using Reanchor.Scanning;

namespace Reanchor.Adapters.Graph;

/// <summary>Reads who is in the groups that matter: those that roles can be assigned to, and those that the policy protects.</summary>
internal static class GraphGroups
{
    public static async Task<(Reading<IReadOnlySet<Guid>> RoleAssignable, Reading<IReadOnlySet<Guid>> Eligible, Reading<IReadOnlySet<Guid>> Protected)> ReadAsync(
        GraphTenantClient client, IReadOnlyList<Guid> protectedGroups, CancellationToken cancellationToken)
    {
        var groups = await GraphCall.ReadAsync(DirectoryPermissions.GroupMemberRead, () => ReadRoleAssignableAsync(client, cancellationToken), cancellationToken);

        return (
            groups.IsKnown ? await ReadPrincipalsAsync(client, groups.Value, cancellationToken) : Reading.UnknownLike<IReadOnlySet<Guid>>(groups),
            groups.IsKnown ? await ReadEligibleAsync(client, groups.Value, cancellationToken) : Reading.UnknownLike<IReadOnlySet<Guid>>(groups),
            await ReadProtectedAsync(client, protectedGroups, cancellationToken));
    }

    private static async Task<IReadOnlyList<Guid>> ReadRoleAssignableAsync(
        GraphTenantClient client, CancellationToken cancellationToken)
    {
        var page = await client.Graph.Groups.GetAsync(
            r =>
            {
                r.QueryParameters.Filter = "isAssignableToRole eq true";
                r.QueryParameters.Select = ["id"];
                r.QueryParameters.Top = GraphPages.MaxSize;
            },
            cancellationToken);

        return [.. (await GraphPages.AllAsync<Group, GroupCollectionResponse>(client.Graph, page, cancellationToken)).Select(g => Guid.Parse(g.Id!))];
    }

    /// <summary>Such groups cannot be nested (Learn, role-assignable groups), so direct members are all there are.</summary>
    private static async Task<Reading<IReadOnlySet<Guid>>> ReadPrincipalsAsync(
        GraphTenantClient client, IReadOnlyList<Guid> groups, CancellationToken cancellationToken)
    {
        var lists = await GraphBatch.ListAsync(
            client, [.. groups.SelectMany(g => new[] { List(g, "members"), List(g, "owners") })], cancellationToken);

        return Union(lists, "id", DirectoryPermissions.GroupMemberRead);
    }

    /// <summary>Who may activate a membership or an ownership; Graph wants one group named in each request.</summary>
    private static async Task<Reading<IReadOnlySet<Guid>>> ReadEligibleAsync(
        GraphTenantClient client, IReadOnlyList<Guid> groups, CancellationToken cancellationToken)
    {
        var lists = await GraphBatch.ListAsync(
            client,
            [.. groups.Select(g => $"/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances?$filter={Uri.EscapeDataString($"groupId eq '{g:D}'")}")],
            cancellationToken);

        return Union(
            [.. lists.Where(list => list.Refusal?.ErrorCode is not GraphRoles.NoLicence)],
            "principalId",
            DirectoryPermissions.GroupEligibilityRead);
    }

    private static async Task<Reading<IReadOnlySet<Guid>>> ReadProtectedAsync(
        GraphTenantClient client, IReadOnlyList<Guid> groups, CancellationToken cancellationToken)
    {
        // Hidden members are not shown without Member.Read.Hidden (Learn, list group members): an empty list would prove nothing.
        var shown = await GraphBatch.SendAllAsync(client, [.. groups.Select(g => $"/groups/{g:D}?$select=id,visibility")], cancellationToken);

        foreach (var (group, answer) in groups.Zip(shown))
        {
            if (answer.Status is not HttpStatusCode.OK)
            {
                return answer.Status is HttpStatusCode.NotFound
                    ? Reading.Unknown<IReadOnlySet<Guid>>($"There is no group {group}. Take it out of the policy's protectedGroupIds, or put the right one in.")
                    : GraphCall.Refused<IReadOnlySet<Guid>>(answer, DirectoryPermissions.GroupMemberRead);
            }

            if (answer.Text("visibility") is "HiddenMembership")
            {
                return Reading.Unknown<IReadOnlySet<Guid>>($"The group {group} hides its members. Put another group into the policy's protectedGroupIds.");
            }
        }

        var lists = await GraphBatch.ListAsync(client, [.. groups.Select(g => List(g, "transitiveMembers"))], cancellationToken);
        return Union(lists, "id", DirectoryPermissions.GroupMemberRead);
    }

    private static string List(Guid group, string relation) => $"/groups/{group:D}/{relation}?$select=id&$top={GraphPages.MaxSize}";

    /// <summary>The ids in all lists; unknown as soon as one list is.</summary>
    private static Reading<IReadOnlySet<Guid>> Union(
        IReadOnlyList<GraphBatchList> lists, string property, string permission) =>
        lists.FirstOrDefault(list => list.Refusal is not null) is { Refusal: { } refusal }
            ? GraphCall.Refused<IReadOnlySet<Guid>>(refusal, permission)
            : Reading.Known<IReadOnlySet<Guid>>(lists.SelectMany(list => list.Items).Select(item => item.GetProperty(property).GetGuid()).ToHashSet());
}
