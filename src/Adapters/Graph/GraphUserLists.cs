using System.Globalization;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Reanchor.Anchors;
using Reanchor.Preflight;
using Reanchor.Scanning;

namespace Reanchor.Adapters.Graph;

/// <summary>Reads the lists of users that a scan checks its own users against, and how many users there are.</summary>
internal static class GraphUserLists
{
    /// <summary>The audit log keeps entries 30 days with a premium licence and 7 days without (Learn, Microsoft Entra data retention).</summary>
    private static readonly TimeSpan AuditLogKeeps = TimeSpan.FromDays(30);

    public static async Task<(Reading<IReadOnlyList<QuarantinedDuplicate>>, Reading<ILookup<SourceAnchor, Guid>>, Reading<int>, Reading<IReadOnlySet<Guid>>)> ReadAsync(
        GraphServiceClient graph, DateTimeOffset now, CancellationToken cancellationToken) =>
        (
            await ReadDuplicatesAsync(graph, cancellationToken),
            await ReadSoftDeletedAsync(graph, cancellationToken),
            await GraphCall.ReadAsync(
                DirectoryPermissions.UserRead,
                async () => await graph.Users.Count.GetAsync(r => r.Headers.Add("ConsistencyLevel", "eventual"), cancellationToken) ?? 0,
                cancellationToken),
            await ReadGivenBackAsync(graph, now - AuditLogKeeps, cancellationToken)
        );

    public static Task<Reading<ILookup<SourceAnchor, Guid>>> ReadSoftDeletedAsync(
        GraphServiceClient graph, CancellationToken cancellationToken) =>
        GraphCall.ReadAsync(DirectoryPermissions.UserRead, async () =>
        {
            var page = await graph.Directory.DeletedItems.GraphUser.GetAsync(
                r =>
                {
                    r.QueryParameters.Select = ["id", "onPremisesImmutableId"];
                    r.QueryParameters.Top = GraphPages.MaxSize;
                },
                cancellationToken);
            var deleted = await GraphPages.AllAsync<User, UserCollectionResponse>(graph, page, cancellationToken);

            return deleted
                .Where(u => !string.IsNullOrEmpty(u.OnPremisesImmutableId))
                .ToLookup(u => new SourceAnchor(u.OnPremisesImmutableId!), u => Guid.Parse(u.Id!));
        }, cancellationToken);

    public static Task<Reading<IReadOnlyList<QuarantinedDuplicate>>> ReadDuplicatesAsync(
        GraphServiceClient graph, CancellationToken cancellationToken) =>
        GraphCall.ReadAsync(DirectoryPermissions.UserRead, () => ListDuplicatesAsync(graph, cancellationToken), cancellationToken);

    private static async Task<IReadOnlyList<QuarantinedDuplicate>> ListDuplicatesAsync(
        GraphServiceClient graph, CancellationToken cancellationToken)
    {
        var page = await graph.Users.GetAsync(
            r =>
            {
                r.QueryParameters.Filter = "onPremisesProvisioningErrors/any(e:e/category eq 'PropertyConflict')";
                r.QueryParameters.Select = ["id", "userPrincipalName", "onPremisesProvisioningErrors"];
                r.QueryParameters.Top = GraphPages.MaxSize;
            },
            cancellationToken);

        return
        [
            .. from user in await GraphPages.AllAsync<User, UserCollectionResponse>(graph, page, cancellationToken)
               from error in user.OnPremisesProvisioningErrors ?? []
               let value = error.Value ?? ""
               select new QuarantinedDuplicate(Guid.Parse(user.Id!), user.UserPrincipalName ?? "", value[(value.IndexOf(':') + 1)..])
        ];
    }

    /// <summary>
    /// The log's activity is "Undo changes to Source of Authority from AD DS to cloud" (Learn, configure user source of authority);
    /// earlier pages end it "from AD to cloud", hence startswith.
    /// </summary>
    private static Task<Reading<IReadOnlySet<Guid>>> ReadGivenBackAsync(
        GraphServiceClient graph, DateTimeOffset since, CancellationToken cancellationToken) =>
        GraphCall.ReadAsync(DirectoryPermissions.AuditLogRead, async () =>
        {
            var page = await graph.AuditLogs.DirectoryAudits.GetAsync(
                r => r.QueryParameters.Filter = string.Create(
                    CultureInfo.InvariantCulture,
                    $"activityDateTime ge {since.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} and startswith(activityDisplayName,'Undo changes to Source of Authority')"),
                cancellationToken);
            var entries = await GraphPages.AllAsync<DirectoryAudit, DirectoryAuditCollectionResponse>(graph, page, cancellationToken);

            // Groups have an authority too, and are logged alike; their ids do no harm here.
            return (IReadOnlySet<Guid>)entries
                .Where(e => e.Result is not OperationResult.Failure)
                .SelectMany(e => e.TargetResources ?? [])
                .Where(t => Guid.TryParse(t.Id, out _))
                .Select(t => Guid.Parse(t.Id!))
                .ToHashSet();
        }, cancellationToken);
}
