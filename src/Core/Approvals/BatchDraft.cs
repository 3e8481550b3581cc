using Microsoft.Extensions.Options;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Approvals;

/// <summary>Puts a scan's pending proposals together, and into words.</summary>
public sealed class BatchDraft(IProposalStore proposals, IOptionsMonitor<ApprovalsOptions> options)
{
    private const int PageSize = 1000;

    public async Task<IReadOnlyList<Proposal>> PendingAsync(TenantId tenant, ScanId scan, CancellationToken cancellationToken)
    {
        var pending = new List<Proposal>();
        string? next = null;

        do
        {
            var page = await proposals.ListAsync(tenant, ProposalStatus.Pending, PageSize, next, cancellationToken);
            pending.AddRange(page.Items.Where(p => p.Scan == scan));
            next = page.Next;
        }
        while (next is not null);

        return pending;
    }

    /// <param name="pending">At least one.</param>
    public static ApprovalBatch Of(TenantId tenant, ScanId scan, IReadOnlyList<Proposal> pending, DateTimeOffset now)
    {
        var chosen = pending.Take(ApprovalBatch.MaxItems).ToList();
        IReadOnlyList<BatchItem> items = [.. chosen.Select(p => new BatchItem(p.Id, p.Digest))];

        return new()
        {
            Id = BatchId.New(tenant, scan),
            Tenant = tenant,
            Scan = scan,
            Items = items,
            Others = pending.Count - chosen.Count,
            Digest = ApprovalBatch.DigestOf(items),
            CreatedAt = now,
            ExpiresAt = chosen.Min(p => p.ExpiresAt),
        };
    }

    public async Task<ApprovalRequest> RequestAsync(Tenant tenant, ApprovalBatch batch, CancellationToken cancellationToken)
    {
        var ids = batch.Items.Select(i => i.Proposal).ToHashSet();
        var asked = (await PendingAsync(batch.Tenant, batch.Scan, cancellationToken)).Where(p => ids.Contains(p.Id)).ToList();
        var review = new Uri($"{options.CurrentValue.ConsoleAddress.TrimEnd('/')}/api/console/#/tenants/{batch.Tenant}/review");

        return new(
            batch.Id,
            batch.Digest,
            ApprovalSummary.Plain(tenant.DisplayName, 200),
            string.Join(';', tenant.Policy.ApprovalRecipients),
            asked.Count,
            asked.Count(ApprovalRule.IsRisky),
            asked.Count(ApprovalRule.IsWarned),
            asked.Count(p => p.RequiredApprovals > 1),
            batch.ExpiresAt,
            ApprovalSummary.Html(tenant, batch, asked, review),
            review.AbsoluteUri);
    }
}
