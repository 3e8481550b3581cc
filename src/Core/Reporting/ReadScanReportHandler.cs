using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Reporting;

/// <summary>Gathers a scan's report. Findings are read while it is written; of proposals a policy's caps allow only so many.</summary>
public sealed class ReadScanReportHandler(
    ITenantStore tenants, IScanStore scans, IFindingStore findings, IProposalStore proposals, TimeProvider clock)
{
    private const int PageSize = 1000;

    /// <returns><see langword="null"/> when there is no such scan.</returns>
    public async Task<ScanReport?> HandleAsync(TenantId tenant, ScanId id, CancellationToken cancellationToken)
    {
        if (await scans.FindAsync(tenant, id, cancellationToken) is not { Item: var scan })
        {
            return null;
        }

        // One that has not begun has taken nothing over, and nothing can have been taken from it.
        var begun = scan.StartedAt is null ? null : await scans.FindNewestBegunAsync(tenant, cancellationToken);
        var registered = (await tenants.FindAsync(tenant, cancellationToken))?.Item;

        return new(findings, scans, scan, registered, begun is null || begun.Id == id, await ProposalsAsync(scan, cancellationToken), clock.GetUtcNow());
    }

    private async Task<IReadOnlyList<Proposal>> ProposalsAsync(Scan scan, CancellationToken cancellationToken)
    {
        var ofScan = new List<Proposal>();
        string? next = null;

        do
        {
            var page = await proposals.ListAsync(scan.Tenant, null, PageSize, next, cancellationToken);
            ofScan.AddRange(page.Items.Where(proposal => proposal.Scan == scan.Id));
            next = page.Next;
        }
        while (next is not null);

        return ofScan;
    }
}
