using Reanchor.Access;
using Reanchor.Scanning;
using Reanchor.Proposals;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

/// <param name="Continuation">Of the page before; <see langword="null"/> for the first.</param>
public sealed record RestoreScan(TenantId Tenant, ScanId Scan, string Reason, Actor RequestedBy, string? Continuation);

/// <summary>Asks to put back what one scan's proposals have cleared, each for itself: one that cannot be does not stop the others.</summary>
public sealed class RestoreScanHandler(IScanStore scans, IProposalStore proposals, RequestRestoreHandler restore)
{
    /// <summary>Each of them takes a read of the directory, and the caller waits.</summary>
    private const int PageSize = 100;

    /// <returns>An outcome for every proposal of the scan; <see langword="null"/> when there is no such scan.</returns>
    /// <exception cref="InvalidContinuationException">The continuation is not one of ours.</exception>
    public async Task<Page<RequestRestoreResult>?> HandleAsync(RestoreScan command, CancellationToken cancellationToken)
    {
        if (await scans.FindAsync(command.Tenant, command.Scan, cancellationToken) is null)
        {
            return null;
        }

        var results = new List<RequestRestoreResult>();
        var next = command.Continuation;

        do
        {
            var page = await proposals.ListAsync(command.Tenant, status: null, PageSize, next, cancellationToken);

            foreach (var proposal in page.Items.Where(p => p.Scan == command.Scan))
            {
                results.Add(await RequestAsync(proposal, command, cancellationToken));
            }

            next = page.Next;
        }
        while (next is not null && results.Count < PageSize);

        return new(results, next);
    }

    private async Task<RequestRestoreResult> RequestAsync(
        Proposal proposal, RestoreScan command, CancellationToken cancellationToken)
    {
        try
        {
            var result = await restore.HandleAsync(
                new(command.Tenant, proposal.Id, command.Reason, command.RequestedBy), cancellationToken);

            // The tenant may have been removed since the page was read; the outcome is then about the proposal as it was.
            return result with { Proposal = result.Proposal ?? proposal };
        }
        catch (DirectoryUnavailableException ex)
        {
            return new(RequestRestoreOutcome.DirectoryUnavailable, $"The user could not be read; ask again. {ex.Message}", proposal);
        }
    }
}
