using Reanchor.Tenants;

namespace Reanchor.Scanning;

public static class ScanStores
{
    private const int PageSize = 20;

    /// <summary>The tenant's newest scan that has begun to read: it takes over the findings of all before it.</summary>
    /// <returns><see langword="null"/> when none has.</returns>
    public static async Task<Scan?> FindNewestBegunAsync(this IScanStore scans, TenantId tenant, CancellationToken cancellationToken)
    {
        Scan? begun;
        string? next = null;

        do
        {
            var page = await scans.ListAsync(tenant, PageSize, next, cancellationToken);
            begun = page.Items.FirstOrDefault(scan => scan.StartedAt is not null);
            next = page.Next;
        }
        while (begun is null && next is not null);

        return begun;
    }
}
