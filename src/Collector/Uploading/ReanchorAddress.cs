using Reanchor.Tenants;

namespace Reanchor.Collector.Uploading;

/// <summary>Where Reanchor is, and as which collector of which tenant this program comes.</summary>
/// <param name="Api">With the route prefix, such as <c>https://reanchor.example/api</c>.</param>
internal sealed record ReanchorAddress(Uri Api, TenantId Tenant, string Collector)
{
    public Uri Inventory => Under($"inventories/{Collector}");

    public Uri Work => Under($"collectors/{Collector}/work");

    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public static string? FindProblem(string? url, string? tenant, string? collector, out ReanchorAddress? address)
    {
        address = null;

        if (!Uri.TryCreate(url, UriKind.Absolute, out var api) || api.Scheme is not ("https" or "http"))
        {
            return $"'{url}' is not Reanchor's address. Give one such as https://reanchor.example/api.";
        }

        if (api.Scheme is "http" && !api.IsLoopback)
        {
            return "Reanchor's address must begin with https: the inventory lists people, and its key must stay secret.";
        }

        if (!TenantId.TryParse(tenant, null, out var tenantId))
        {
            return $"'{tenant}' is not a tenant's id. Entra shows it in the overview, a GUID such as 00000000-0000-0000-0000-000000000001.";
        }

        if (!CollectorId.TryParse(collector, null, out _))
        {
            return $"'{collector}' is not a collector's id. It has 1 to 63 of the characters a-z, 0-9 and -, as the tenant lists it.";
        }

        address = new(api, tenantId, collector!);
        return null;
    }

    private Uri Under(string path) => new($"{Api.AbsoluteUri.TrimEnd('/')}/tenants/{Tenant}/{path}");
}
