using Azure.Identity;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Graph;

/// <summary>
/// Where a cloud signs callers in and where its Graph is (Microsoft Learn, "National cloud deployments"), and whom a managed identity's
/// token must be for to vouch for an application there ("Configure an application to trust a managed identity").
/// </summary>
internal sealed record GraphCloud(Uri Authority, Uri Endpoint, string TokenExchangeAudience)
{
    public static IReadOnlyList<GraphCloud> All { get; } = [.. Enum.GetValues<Cloud>().Select(Of)];

    public string Scope => $"{Endpoint.GetLeftPart(UriPartial.Authority)}/.default";

    public static GraphCloud Of(Cloud cloud) => cloud switch
    {
        Cloud.Global => new(
            AzureAuthorityHosts.AzurePublicCloud, new("https://graph.microsoft.com"), "api://AzureADTokenExchange"),
        Cloud.UsGovernment => new(
            AzureAuthorityHosts.AzureGovernment, new("https://graph.microsoft.us"), "api://AzureADTokenExchangeUSGov"),
        Cloud.UsDefense => new(
            AzureAuthorityHosts.AzureGovernment, new("https://dod-graph.microsoft.us"), "api://AzureADTokenExchangeUSGov"),
        Cloud.China => new(
            AzureAuthorityHosts.AzureChina, new("https://microsoftgraph.chinacloudapi.cn"), "api://AzureADTokenExchangeChina"),
        _ => throw new ArgumentOutOfRangeException(nameof(cloud), cloud, "Nobody knows where this cloud is."),
    };

    /// <summary>
    /// Where an administrator of the tenant consents to the application (Microsoft Learn, "OAuth 2.0 client credentials flow", request
    /// the permissions from a directory admin).
    /// </summary>
    public Uri ConsentAddress(TenantId tenant, string clientId, Uri? redirect)
    {
        var answerTo = redirect is null ? "" : $"&redirect_uri={Uri.EscapeDataString(redirect.OriginalString)}";
        return new(Authority, $"{tenant}/adminconsent?client_id={Uri.EscapeDataString(clientId)}{answerTo}");
    }
}
