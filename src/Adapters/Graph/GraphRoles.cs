using System.Globalization;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Reanchor.Preflight;
using Reanchor.Scanning;

namespace Reanchor.Adapters.Graph;

/// <summary>
/// Reads who holds a directory role, or may activate one. A group among the principals is role-assignable, so its members and
/// owners come with <see cref="GraphGroups"/>.
/// </summary>
internal static class GraphRoles
{
    /// <summary>Without the licence for Privileged Identity Management there is no eligibility, so nobody has one.</summary>
    public const string NoLicence = "AadPremiumLicenseRequired";

    public static async Task<(Reading<IReadOnlyDictionary<Guid, string>> Active, Reading<IReadOnlyDictionary<Guid, string>> Eligible)> ReadAsync(
        GraphServiceClient graph, CancellationToken cancellationToken) =>
        (
            await GraphCall.ReadAsync(
                DirectoryPermissions.RoleRead, () => ReadActiveAsync(graph, cancellationToken), cancellationToken),
            await GraphCall.ReadAsync(
                DirectoryPermissions.RoleRead, () => ReadEligibleAsync(graph, cancellationToken), cancellationToken)
        );

    /// <summary>Activated and time-bound assignments are among these (Learn, unifiedRoleAssignment).</summary>
    private static async Task<IReadOnlyDictionary<Guid, string>> ReadActiveAsync(
        GraphServiceClient graph, CancellationToken cancellationToken)
    {
        var page = await graph.RoleManagement.Directory.RoleAssignments.GetAsync(
            r => r.QueryParameters.Select = ["id", "principalId", "roleDefinitionId"], cancellationToken);
        var all = await GraphPages.AllAsync<UnifiedRoleAssignment, UnifiedRoleAssignmentCollectionResponse>(graph, page, cancellationToken);
        return ByPrincipal(all.Select(a => (a.PrincipalId, a.RoleDefinitionId)));
    }

    private static async Task<IReadOnlyDictionary<Guid, string>> ReadEligibleAsync(
        GraphServiceClient graph, CancellationToken cancellationToken)
    {
        try
        {
            var page = await graph.RoleManagement.Directory.RoleEligibilityScheduleInstances.GetAsync(
                r => r.QueryParameters.Select = ["id", "principalId", "roleDefinitionId"], cancellationToken);
            var all = await GraphPages.AllAsync<UnifiedRoleEligibilityScheduleInstance, UnifiedRoleEligibilityScheduleInstanceCollectionResponse>(
                graph, page, cancellationToken);
            return ByPrincipal(all.Select(a => (a.PrincipalId, a.RoleDefinitionId)));
        }
        catch (ODataError ex) when (ex.Error?.Code == NoLicence)
        {
            return new Dictionary<Guid, string>();
        }
    }

    private static Dictionary<Guid, string> ByPrincipal(IEnumerable<(string? Principal, string? Role)> assignments) =>
        assignments
            .Where(a => Guid.TryParse(a.Principal, out _))
            .GroupBy(a => Guid.Parse(a.Principal!, CultureInfo.InvariantCulture), a => a.Role ?? "")
            .ToDictionary(
                g => g.Key, g => g.Contains(WellKnownRoles.DirectorySynchronizationAccounts) ? WellKnownRoles.DirectorySynchronizationAccounts : g.First());
}
