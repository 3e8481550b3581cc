using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;
using Reanchor.Anchors;
using Reanchor.Preflight;
using Reanchor.Scanning;

namespace Reanchor.Adapters.Graph;

/// <summary>Reads users through the SDK's pipeline, and their JSON as a stream.</summary>
internal static class GraphUserReader
{
    private const string ServerFilter = "onPremisesSyncEnabled ne true and onPremisesImmutableId ne null";
    private const string FallbackFilter = "onPremisesSyncEnabled ne true";

    public static async Task<UserPage> ReadPageAsync(
        GraphTenantClient client, string? pageLink, bool filterOnServer, CancellationToken cancellationToken)
    {
        var address = pageLink
            ?? $"{client.Endpoint}/beta/users?$filter={Uri.EscapeDataString(filterOnServer ? ServerFilter : FallbackFilter)}"
                + $"&$count=true&$top=999&$select={GraphUserJson.Select}";

        var request = new RequestInformation(Method.GET, address, new Dictionary<string, object>());
        request.Headers.Add("ConsistencyLevel", "eventual");

        try
        {
            var page = await GetAsync(client, request, GraphJsonContext.Default.GraphUserPageJson, cancellationToken);

            return new(
                [.. page.Value.Select(u => u.ToCloudUser()).Where(u => u.Anchor is not null && !u.IsSynced)],
                page.Value.Count,
                page.NextLink);
        }
        catch (ApiException ex) when (pageLink is not null && ex.ResponseStatusCode is 400 or 410)
        {
            throw new PageExpiredException($"Graph answered {GraphCall.Describe(ex)}");
        }
        catch (ODataError ex) when (pageLink is null && filterOnServer && ex.Error?.Code == "Request_UnsupportedQuery")
        {
            throw new AnchorFilterRefusedException($"Graph answered {GraphCall.Describe(ex)}");
        }
        catch (ApiException ex)
        {
            // Without users there is nothing to scan: no reading can stand in for this one.
            var because = GraphCall.Refused<UserPage>(ex.ResponseStatusCode, GraphCall.Describe(ex), DirectoryPermissions.UserRead).UnknownBecause;
            throw new DirectoryUnavailableException($"Users could not be read. {because}", ex);
        }
    }

    public static Task<CloudUser?> FindAsync(
        GraphTenantClient client, Guid userId, CancellationToken cancellationToken) =>
        FindAsync(client, userId.ToString("D"), cancellationToken);

    public static Task<CloudUser?> FindByNameAsync(
        GraphTenantClient client, string userPrincipalName, CancellationToken cancellationToken) =>
        FindAsync(client, Uri.EscapeDataString(userPrincipalName), cancellationToken);

    private static async Task<CloudUser?> FindAsync(
        GraphTenantClient client, string segment, CancellationToken cancellationToken)
    {
        var address = $"{client.Endpoint}/beta/users/{segment}?$select={GraphUserJson.Select}";
        var request = new RequestInformation(Method.GET, address, new Dictionary<string, object>());

        try
        {
            return (await GetAsync(client, request, GraphJsonContext.Default.GraphUserJson, cancellationToken)).ToCloudUser();
        }
        catch (ApiException ex) when (ex.ResponseStatusCode is 404)
        {
            return null;
        }
        catch (ApiException ex)
        {
            throw new DirectoryUnavailableException($"The user could not be read. Graph answered {GraphCall.Describe(ex)}", ex);
        }
    }

    public static async Task<IReadOnlyList<Guid>> FindHoldersAsync(
        GraphTenantClient client, SourceAnchor anchor, CancellationToken cancellationToken)
    {
        var filter = $"onPremisesImmutableId eq {ODataText.Quote(anchor.Value)}";

        try
        {
            return await GraphCall.SendAsync(
                async () =>
                {
                    var page = await client.Graph.Users.GetAsync(
                        r =>
                        {
                            r.QueryParameters.Filter = filter;
                            r.QueryParameters.Select = ["id", "userPrincipalName"];
                        },
                        cancellationToken);

                    // A page may be empty and have one after it.
                    var users = await GraphPages.AllAsync<User, UserCollectionResponse>(client.Graph, page, cancellationToken);
                    return users.Select(u => Guid.Parse(u.Id!)).ToList();
                },
                cancellationToken);
        }
        catch (ApiException ex)
        {
            throw new DirectoryUnavailableException($"Users could not be read. Graph answered {GraphCall.Describe(ex)}", ex);
        }
    }

    private static Task<T> GetAsync<T>(
        GraphTenantClient client, RequestInformation request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        request.Headers.Add("Accept", "application/json");

        return GraphCall.SendAsync(
            async () =>
            {
                await using var body = await client.Graph.RequestAdapter
                    .SendPrimitiveAsync<Stream>(request, GraphCall.Errors, cancellationToken) ?? Stream.Null;

                try
                {
                    return await JsonSerializer.DeserializeAsync(body, type, cancellationToken)
                        ?? throw new DirectoryUnavailableException("Graph sent an empty answer.");
                }
                catch (JsonException ex)
                {
                    throw new DirectoryUnavailableException($"Graph sent an answer that cannot be read: {ex.Message}", ex);
                }
            },
            cancellationToken);
    }
}
