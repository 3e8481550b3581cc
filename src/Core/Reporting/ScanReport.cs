using System.Runtime.CompilerServices;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Reporting;

/// <summary>What one scan found and what came of it: for the customer, and for whoever keeps a record.</summary>
public sealed class ScanReport(IFindingStore findings, Scan scan, Tenant? tenant, bool isLatest, IReadOnlyList<Proposal> proposals, DateTimeOffset writtenAt)
{
    private const int PageSize = 1000;

    private readonly ILookup<Guid, Proposal> _byUser = proposals.ToLookup(proposal => proposal.UserId);

    public Scan Scan { get; } = scan;

    /// <summary>The customer's name; the id of a tenant that is no longer registered.</summary>
    public string TenantName { get; } = tenant?.DisplayName ?? scan.Tenant.ToString();

    /// <summary>A later scan takes over the findings of the users whom it sees; of an earlier scan only what came of it is left.</summary>
    public bool HasFindings { get; } = isLatest;

    /// <summary>What the scan led to, in the order of users.</summary>
    public IReadOnlyList<Proposal> Proposals { get; } = proposals;

    public DateTimeOffset WrittenAt { get; } = writtenAt;

    /// <summary>Every user that was found or proposed, page after page.</summary>
    /// <param name="classification">Only users of this class; <see langword="null"/> for all.</param>
    public async IAsyncEnumerable<ReportedUser> ReadUsersAsync(
        Classification? classification, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = new HashSet<Guid>();
        string? next = null;

        do
        {
            var page = HasFindings ? await findings.ListAsync(Scan, classification, PageSize, next, cancellationToken) : new([], null);

            foreach (var finding in page.Items)
            {
                found.Add(finding.User.Id);
                yield return ReportedUser.Of(finding, [.. _byUser[finding.User.Id]]);
            }

            next = page.Next;
        }
        while (next is not null);

        foreach (var others in _byUser.Where(others => classification is null && !found.Contains(others.Key)))
        {
            yield return ReportedUser.Of([.. others]);
        }
    }
}
