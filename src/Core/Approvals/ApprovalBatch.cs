using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Approvals;

/// <summary>The proposals of one scan, put before approvers together. A step returns the next batch; it never edits this one.</summary>
public sealed record ApprovalBatch
{
    /// <summary>What one workflow decides within the two minutes that it waits for an answer. Further proposals wait in the console.</summary>
    public const int MaxItems = 500;

    public const int MaxSubscriptions = 10;

    public required BatchId Id { get; init; }

    public required TenantId Tenant { get; init; }

    public required ScanId Scan { get; init; }

    public required IReadOnlyList<BatchItem> Items { get; init; }

    /// <summary>Proposals of the scan that were pending too, and are not in the batch.</summary>
    public int Others { get; init; }

    /// <summary>SHA-256 over the ids and digests of the items: an answer names it, and so what was asked.</summary>
    public required string Digest { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the first of its proposals expires.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Until when one delivery has the right to start the workflow; a crash in between delays the mail by as much.</summary>
    public DateTimeOffset? AskClaimedUntil { get; init; }

    /// <summary>The workflow that took it; <see langword="null"/> while none has.</summary>
    public WorkflowRun? Run { get; init; }

    /// <summary>The first answer, which is the one that counts; word that nobody answered gives way to one.</summary>
    public BatchAnswer? Answer { get; init; }

    public IReadOnlyList<Subscription> Subscriptions { get; init; } = [];

    /// <summary>What came of it, once none of its proposals is pending any more.</summary>
    public BatchEnd? End { get; init; }

    /// <summary>Somebody still waits to hear of it, or something is still to be done.</summary>
    [JsonIgnore]
    public bool IsOpen => End is null || Answer is { Results: null } || Subscriptions.Any(s => s.IsWaiting);

    /// <summary>Compares in constant time: the id is what keeps strangers out.</summary>
    public bool IsNamed(BatchId id) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Id.Value), Encoding.ASCII.GetBytes(id.Value));

    public static string DigestOf(IEnumerable<BatchItem> items) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Concat(items.OrderBy(i => i.Proposal.Value, StringComparer.Ordinal).Select(i => $"{i.Proposal}:{i.Digest}\n")))));

    public ApprovalBatch ClaimAsk(DateTimeOffset until) => this with { AskClaimedUntil = until };

    public ApprovalBatch Asked(WorkflowRun run) => this with { Run = Run ?? run, AskClaimedUntil = null };

    public ApprovalBatch Hear(BatchAnswer answer) => Answer is null or { Decision: BatchDecision.NoAnswer }
        ? this with { Answer = answer }
        : throw new InvalidOperationException($"Batch {Id} has its answer.");

    public ApprovalBatch Finish(IReadOnlyList<BatchResult> results) => this with { Answer = Answer! with { Results = results } };

    public ApprovalBatch Close(BatchEnd end) => this with { End = End ?? end };

    public ApprovalBatch Add(Subscription subscription) => this with { Subscriptions = [.. Subscriptions, subscription] };

    public ApprovalBatch Change(string subscription, Func<Subscription, Subscription> change) => this with
    {
        Subscriptions = [.. Subscriptions.Select(s => s.Id == subscription ? change(s) : s)],
    };
}

/// <param name="Digest">The proposal's, as it was put into the batch.</param>
public sealed record BatchItem(ProposalId Proposal, string Digest);

/// <param name="Workflow">Its name in the settings.</param>
/// <param name="RunId">What the workflow calls this run; <see langword="null"/> when it did not say.</param>
public sealed record WorkflowRun(string Workflow, string? RunId, DateTimeOffset StartedAt);

/// <summary>What became of a batch's proposals. Stored by name.</summary>
public enum BatchOutcome
{
    Approved,
    Rejected,

    /// <summary>Some were approved, others not.</summary>
    Mixed,

    /// <summary>Nobody decided any of them: they expired, or were overtaken.</summary>
    NoAnswer,
}

public sealed record BatchEnd(BatchOutcome Outcome, int Approved, int Rejected, int Undecided, DateTimeOffset At);
