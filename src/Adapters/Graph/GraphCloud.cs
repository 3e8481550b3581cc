using Azure.Identity;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Graph;

/// <summary>Where a cloud signs callers in and where its Graph is (Microsoft Learn, national cloud deployments).</summary>
internal sealed record GraphCloud(Uri Authority, Uri Endpoint, string TokenExchangeAudience)
{
    public static GraphCloud Of(Cloud cloud) => cloud switch
    {
        Cloud.UsGovernment => new(
            AzureAuthorityHosts.AzureGovernment, new("https://graph.microsoft.us"), "api://AzureADTokenExchangeUSGov"),
        Cloud.UsDefense => new(
            AzureAuthorityHosts.AzureGovernment, new("https://dod-graph.microsoft.us"), "api://AzureADTokenExchangeUSGov"),
        Cloud.China => new(
            AzureAuthorityHosts.AzureChina, new("https://microsoftgraph.chinacloudapi.cn"), "api://AzureADTokenExchangeChina"),
        _ => new(
            AzureAuthorityHosts.AzurePublicCloud, new("https://graph.microsoft.com"), "api://AzureADTokenExchange"),
    };
}
