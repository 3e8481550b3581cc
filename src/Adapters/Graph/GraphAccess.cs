using Microsoft.Graph;
using Microsoft.Graph.Models;
using Reanchor.Preflight;
using Reanchor.Scanning;

namespace Reanchor.Adapters.Graph;

/// <summary>Reads which permissions a tenant has granted to the application, and tries those that only a user can prove.</summary>
internal static class GraphAccess
{
    /// <summary>Microsoft Graph itself; the same in every cloud, unlike the ids of its app roles.</summary>
    private const string GraphAppId = "00000003-0000-0000-c000-000000000000";

    /// <param name="reader">The application that reads; <see langword="null"/> when no setting names it.</param>
    /// <param name="writer"><see langword="null"/> when there is no other that writes.</param>
    public static async Task<DirectoryAccess> ReadAsync(
        GraphTenantClient client, string? reader, string? writer, CancellationToken cancellationToken) => new()
        {
            Granted = await ReadGrantedToReaderAsync(client.Graph, reader, cancellationToken),
            GrantedToWriter = writer is null ? null : await ReadGrantedToWriterAsync(client.Graph, writer, cancellationToken),
            AnyUser = await ReadAnyUserAsync(client, cancellationToken),
        };

    private static async Task<Reading<IReadOnlySet<string>>> ReadGrantedToReaderAsync(
        GraphServiceClient graph, string? clientId, CancellationToken cancellationToken)
    {
        var granted = await ReadGrantedAsync(graph, clientId, cancellationToken);

        // It has just read here, so the setting is not its own client id.
        return granted is { IsKnown: true, Value: null }
            ? Reading.Unknown<IReadOnlySet<string>>($"The tenant lists no application {clientId}. Has an administrator consented to it?")
            : granted!;
    }

    private static async Task<Reading<IReadOnlySet<string>>> ReadGrantedToWriterAsync(
        GraphServiceClient graph, string? clientId, CancellationToken cancellationToken)
    {
        var granted = await ReadGrantedAsync(graph, clientId, cancellationToken);
        return granted is { IsKnown: true, Value: null } ? Reading.Known<IReadOnlySet<string>>(new HashSet<string>()) : granted!;
    }

    /// <returns>A known <see langword="null"/> when the application is not in the tenant.</returns>
    private static async Task<Reading<IReadOnlySet<string>?>> ReadGrantedAsync(
        GraphServiceClient graph, string? clientId, CancellationToken cancellationToken) =>
        Guid.TryParse(clientId, out var appId)
            ? await GraphCall.ReadAsync(
                DirectoryPermissions.ApplicationRead, () => ReadGrantedAsync(graph, appId, cancellationToken), cancellationToken)
            : Reading.Unknown<IReadOnlySet<string>?>("No Graph__ClientId is set, so it is not known which application to look for.");

    /// <returns><see langword="null"/> when the application is not in the tenant.</returns>
    private static async Task<IReadOnlySet<string>?> ReadGrantedAsync(
        GraphServiceClient graph, Guid appId, CancellationToken cancellationToken)
    {
        var principals = (await graph.ServicePrincipals.GetAsync(
            r =>
            {
                r.QueryParameters.Filter = $"appId in ('{appId:D}','{GraphAppId}')";
                r.QueryParameters.Select = ["id", "appId", "appRoles"];
            },
            cancellationToken))?.Value ?? [];

        if (principals.Find(p => p.AppId == $"{appId:D}") is not { } application
            || principals.Find(p => p.AppId == GraphAppId) is not { } resource)
        {
            return null;
        }

        var page = await graph.ServicePrincipals[application.Id].AppRoleAssignments.GetAsync(cancellationToken: cancellationToken);
        var assignments = await GraphPages.AllAsync<AppRoleAssignment, AppRoleAssignmentCollectionResponse>(graph, page, cancellationToken);
        var assigned = assignments.Where(a => $"{a.ResourceId:D}" == resource.Id).Select(a => a.AppRoleId).ToHashSet();

        return (resource.AppRoles ?? []).Where(role => assigned.Contains(role.Id)).Select(role => role.Value ?? "").ToHashSet();
    }

    private static async Task<UserFacts?> ReadAnyUserAsync(GraphTenantClient client, CancellationToken cancellationToken)
    {
        var page = await GraphCall.ReadAsync(
            DirectoryPermissions.UserRead,
            () => client.Graph.Users.GetAsync(r => (r.QueryParameters.Select, r.QueryParameters.Top) = (["id"], 1), cancellationToken),
            cancellationToken);

        return page is { IsKnown: true, Value.Value: [var user, ..] }
            ? (await GraphUserFacts.ReadAsync(client, [Guid.Parse(user.Id!)], cancellationToken))[0]
            : null;
    }
}
