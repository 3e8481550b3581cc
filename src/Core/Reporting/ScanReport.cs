using System.Runtime.CompilerServices;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Reporting;

/// <summary>What one scan found and what came of it: for the customer, and for whoever keeps a record.</summary>
public sealed class ScanReport(
    IFindingStore findings, IScanStore scans, Scan scan, Tenant? tenant, bool hasFindings, IReadOnlyList<Proposal> proposals, DateTimeOffset writtenAt)
{
    private const int PageSize = 1000;

    private readonly ILookup<Guid, Proposal> _byUser = proposals.ToLookup(proposal => proposal.UserId);

    public Scan Scan { get; } = scan;

    /// <summary>The customer's name; the id of a tenant that is no longer registered.</summary>
    public string TenantName { get; } = tenant?.DisplayName ?? scan.Tenant.ToString();

    /// <summary>A later scan takes over the findings of the users whom it sees; of an earlier scan only what came of it is left.</summary>
    public bool HasFindings { get; } = hasFindings;

    /// <summary>What the scan led to, in the order of users.</summary>
    public IReadOnlyList<Proposal> Proposals { get; } = proposals;

    public DateTimeOffset WrittenAt { get; } = writtenAt;

    /// <summary>What one has to know before one reads on: what is missing, and why nobody was proposed.</summary>
    public IEnumerable<string> Notes => new[]
    {
        HasFindings ? null : "A later scan has looked at these users again. Here is only what came of this one; the later report says what is true now.",
        Scan.Classified ? null
            : Scan.HasEnded ? "This scan failed before it had read every user. Whom it did not reach is missing."
            : "This scan has not ended. Whom it has not reached yet is missing.",
        Scan.HaltReason is null ? null
            : Scan.Resumption is { } resumed ? $"It was halted at first. {Scan.HaltReason} Let go on by {resumed.ResumedBy.Name}."
            : $"It was halted, so nobody was proposed. {Scan.HaltReason}",
        Scan.ReportOnlyBecause is null ? null : $"Nobody was proposed. {Scan.ReportOnlyBecause}",
        Scan.Fault is null ? null
            : Scan.Status is ScanStatus.Failed ? $"It failed. {Scan.Fault}"
            : Scan.HasEnded ? null
            : $"Its latest step failed, and is tried again. {Scan.Fault}",
    }.OfType<string>();

    /// <summary>What one has to know in the end; <see langword="null"/> when there is nothing. Asked for when all users are read.</summary>
    public string? LastNote { get; private set; }

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

        // It may have taken users over that had not been read by then.
        if (HasFindings && Scan.StartedAt is not null && await scans.FindNewestBegunAsync(Scan.Tenant, cancellationToken) is { } begun && begun.Id != Scan.Id)
        {
            LastNote = "A later scan began while this was written, so users may be missing. Get the report of the later scan.";
        }

        foreach (var others in _byUser.Where(others => classification is null && !found.Contains(others.Key)))
        {
            yield return ReportedUser.Of([.. others]);
        }
    }
}
