using Microsoft.Graph;
using Microsoft.Graph.Models;
using Reanchor.Preflight;
using Reanchor.Scanning;

namespace Reanchor.Adapters.Graph;

/// <summary>Reads the organisation's own state: its sync, its domains and the features of its sync.</summary>
internal static class GraphOrganization
{
    public static async Task<(Reading<OrganisationSync>, Reading<IReadOnlyDictionary<string, bool>>, Reading<SyncFeatures>)> ReadAsync(
        GraphServiceClient graph, CancellationToken cancellationToken) =>
        (
            await GraphCall.ReadAsync(DirectoryPermissions.OrganizationRead, () => ReadSyncAsync(graph, cancellationToken), cancellationToken),
            await GraphCall.ReadAsync(DirectoryPermissions.DomainRead, () => ReadDomainsAsync(graph, cancellationToken), cancellationToken),
            await ReadFeaturesAsync(graph, cancellationToken)
        );

    private static async Task<OrganisationSync> ReadSyncAsync(GraphServiceClient graph, CancellationToken cancellationToken)
    {
        var page = await graph.Organization.GetAsync(
            r => r.QueryParameters.Select = ["id", "onPremisesSyncEnabled", "onPremisesLastSyncDateTime"], cancellationToken);
        var organization = page?.Value?.FirstOrDefault();
        return new(organization?.OnPremisesSyncEnabled, organization?.OnPremisesLastSyncDateTime);
    }

    private static async Task<IReadOnlyDictionary<string, bool>> ReadDomainsAsync(
        GraphServiceClient graph, CancellationToken cancellationToken)
    {
        var page = await graph.Domains.GetAsync(r => r.QueryParameters.Select = ["id", "authenticationType"], cancellationToken);
        var domains = await GraphPages.AllAsync<Domain, DomainCollectionResponse>(graph, page, cancellationToken);

        // Anything but Managed is taken for federated: an unknown type is not a licence to clear.
        return domains.ToDictionary(d => d.Id!.ToLowerInvariant(), d => d.AuthenticationType is not "Managed");
    }

    private static async Task<Reading<SyncFeatures>> ReadFeaturesAsync(
        GraphServiceClient graph, CancellationToken cancellationToken)
    {
        var answer = await GraphCall.ReadAsync(
            DirectoryPermissions.SyncFeaturesRead,
            () => graph.Directory.OnPremisesSynchronization.GetAsync(cancellationToken: cancellationToken),
            cancellationToken);

        // No features, or none by this name, does not mean that soft match is allowed.
        return !answer.IsKnown ? Reading.UnknownLike<SyncFeatures>(answer)
            : answer.Value?.Value?.FirstOrDefault()?.Features is { BlockSoftMatchEnabled: { } softMatchBlocked } features
                ? Reading.Known(new SyncFeatures(
                    softMatchBlocked, features.BlockCloudObjectTakeoverThroughHardMatchEnabled ?? false, features.SoftMatchOnUpnEnabled))
            : Reading.Unknown<SyncFeatures>("Graph sent no blockSoftMatchEnabled.");
    }
}
