using Reanchor.Access;
using Reanchor.Poison;
using Reanchor.Proposals;
using Reanchor.Scanning;

namespace Reanchor.Functions.Poison;

/// <summary>A poison message as callers see it.</summary>
public sealed record PoisonView(
    string ItemId,
    string Queue,
    string Message,
    ScanId? ScanId,
    ProposalId? ProposalId,
    PoisonStatus Status,
    DateTimeOffset PoisonedAt,
    int Times,
    Actor? RetriedBy,
    DateTimeOffset? RetriedAt,
    string? RetryReason)
{
    public static PoisonView Of(PoisonItem item) => new(
        item.Id,
        item.Queue,
        item.Message,
        item.Scan,
        item.Proposal,
        item.Status,
        item.PoisonedAt,
        item.Times,
        item.Retry?.RequestedBy,
        item.Retry?.At,
        item.Retry?.Reason);
}
