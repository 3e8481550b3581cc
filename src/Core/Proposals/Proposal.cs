using System.Text.Json.Serialization;
using Reanchor.Access;
using Reanchor.Anchors;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Proposals;

/// <summary>A clear put before an approver. A step returns the next proposal; it never edits this one.</summary>
public sealed record Proposal
{
    public required ProposalId Id { get; init; }

    public required TenantId Tenant { get; init; }

    public required ScanId Scan { get; init; }

    public required Guid UserId { get; init; }

    public required string UserPrincipalName { get; init; }

    public string? DisplayName { get; init; }

    /// <summary>The anchor as the scan saw it. A restore writes this value back.</summary>
    public required SourceAnchor Anchor { get; init; }

    public bool? OnPremisesSyncEnabled { get; init; }

    /// <summary>The user's other on-premises values, which a match overwrites.</summary>
    public required OnPremisesValues OnPremises { get; init; }

    public required Evidence Evidence { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>See <see cref="ProposalDigest"/>. Stored, so that a row altered behind our back no longer fits it.</summary>
    public string Digest { get; init; } = "";

    public required DateTimeOffset ProposedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Who asked for the scan that found it. They may not approve it.</summary>
    public required Actor RequestedBy { get; init; }

    public ProposalStatus Status { get; init; } = ProposalStatus.Pending;

    /// <summary>When the status was set.</summary>
    public required DateTimeOffset StatusAt { get; init; }

    public IReadOnlyList<Decision> Decisions { get; init; } = [];

    public DateTimeOffset? ClearingAt { get; init; }

    public DateTimeOffset? ClearedAt { get; init; }

    /// <summary>When verification looks again. A message that comes earlier is a duplicate.</summary>
    public DateTimeOffset? NextCheckAt { get; init; }

    public RestoreRequest? Restore { get; init; }

    /// <summary>Why the clear, the verification or the restore did not come out as hoped, with what to do.</summary>
    public string? Refusal { get; init; }

    /// <summary>A proposal that still stands in the way of another one for the same user.</summary>
    [JsonIgnore]
    public bool IsOpen => Status is ProposalStatus.Pending or ProposalStatus.Approved or ProposalStatus.Clearing
        or ProposalStatus.Cleared or ProposalStatus.Restoring;

    public bool HasExpired(DateTimeOffset now) => now >= ExpiresAt;

    /// <summary>The stored content is still what the digest was made of.</summary>
    [JsonIgnore]
    public bool DigestHolds => Digest == ProposalDigest.Of(this);

    public Proposal Seal() => this with { Digest = ProposalDigest.Of(this) };

    public Proposal Decide(Decision decision) => To(
        decision.Approved ? ProposalStatus.Approved : ProposalStatus.Rejected, decision.DecidedAt, ProposalStatus.Pending) with
    {
        Decisions = [.. Decisions, decision],
    };

    public Proposal Expire(DateTimeOffset now) => To(ProposalStatus.Expired, now, ProposalStatus.Pending);

    public Proposal Supersede(string because, DateTimeOffset now) => To(
        ProposalStatus.Superseded, now, ProposalStatus.Pending, ProposalStatus.Approved, ProposalStatus.Clearing) with
    {
        Refusal = because,
    };

    public Proposal BeginClear(DateTimeOffset now) =>
        To(ProposalStatus.Clearing, now, ProposalStatus.Approved) with { ClearingAt = now };

    public Proposal CompleteClear(DateTimeOffset now, DateTimeOffset nextCheckAt) =>
        To(ProposalStatus.Cleared, now, ProposalStatus.Clearing) with { ClearedAt = now, NextCheckAt = nextCheckAt };

    public Proposal CheckAgain(DateTimeOffset at) =>
        Status is ProposalStatus.Cleared
            ? this with { NextCheckAt = at }
            : throw new InvalidOperationException($"Proposal {Id} is {Status}.");

    public Proposal Refuse(string because, DateTimeOffset now) =>
        To(ProposalStatus.Refused, now, ProposalStatus.Clearing) with { Refusal = because };

    public Proposal Verify(DateTimeOffset now) => To(
        ProposalStatus.Verified, now, ProposalStatus.Cleared, ProposalStatus.Inconclusive) with
    {
        Refusal = null,
    };

    public Proposal Doubt(string because, DateTimeOffset now) =>
        To(ProposalStatus.Inconclusive, now, ProposalStatus.Cleared) with { Refusal = because };

    public Proposal BeginRestore(RestoreRequest request) => To(
        ProposalStatus.Restoring, request.RequestedAt, ProposalStatus.Cleared, ProposalStatus.Inconclusive) with
    {
        Restore = request,
        Refusal = null,
    };

    public Proposal CompleteRestore(DateTimeOffset now) => To(ProposalStatus.Restored, now, ProposalStatus.Restoring);

    /// <summary>The anchor could not be put back; the clear stands and its outcome is open again.</summary>
    public Proposal AbandonRestore(string because, DateTimeOffset now) =>
        To(ProposalStatus.Inconclusive, now, ProposalStatus.Restoring) with { Refusal = because };

    private Proposal To(ProposalStatus status, DateTimeOffset now, params ReadOnlySpan<ProposalStatus> from) =>
        from.Contains(Status)
            ? this with { Status = status, StatusAt = now }
            : throw new InvalidOperationException($"Proposal {Id} is {Status}.");
}
