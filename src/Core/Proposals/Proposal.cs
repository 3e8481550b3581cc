using System.Text.Json.Serialization;
using Reanchor.Access;
using Reanchor.Anchors;
using Reanchor.Clearing;
using Reanchor.Scanning;
using Reanchor.Syncing;
using Reanchor.Tenants;

namespace Reanchor.Proposals;

/// <summary>A clear put before an approver. A step returns the next proposal; it never edits this one.</summary>
public sealed record Proposal
{
    public required ProposalId Id { get; init; }

    public required TenantId Tenant { get; init; }

    public ProposalKind Kind { get; init; }

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

    /// <summary>Who asked for it, or for the scan that found it. They may not approve it.</summary>
    public required Actor RequestedBy { get; init; }

    /// <summary>Why it was asked for; <see langword="null"/> when a scan found it.</summary>
    public string? RequestReason { get; init; }

    /// <summary>Who let the scan that found it go on in spite of a cap, if anybody did. They may not approve it either.</summary>
    public Actor? ResumedBy { get; init; }

    /// <summary>How many candidates its scan found; 1 when a person asked for it.</summary>
    public int FoundTogether { get; init; } = 1;

    /// <summary>How many people have to approve, 1 or 2. Only ever raised; see <see cref="ApprovalRule"/>.</summary>
    public int RequiredApprovals { get; init; } = 1;

    /// <summary>Where it was proposed, as a W3C <c>traceparent</c>: what follows a decision belongs to the trace of the scan.</summary>
    public string? TraceParent { get; init; }

    public ProposalStatus Status { get; init; } = ProposalStatus.Pending;

    /// <summary>When the status was set.</summary>
    public required DateTimeOffset StatusAt { get; init; }

    public IReadOnlyList<Decision> Decisions { get; init; } = [];

    public DateTimeOffset? ClearingAt { get; init; }

    /// <summary>Why an approved clear is not made yet; <see langword="null"/> when nothing but its turn is missing.</summary>
    public ClearWait? Wait { get; init; }

    /// <summary>Who may write now. Kept when its time is over: it tells that a write may have been sent and is not answered for.</summary>
    public WriteClaim? Claim { get; init; }

    public DateTimeOffset? ClearedAt { get; init; }

    /// <summary>When verification looks again. A message that comes earlier is a duplicate.</summary>
    public DateTimeOffset? NextCheckAt { get; init; }

    /// <summary>What the clear has led to; <see langword="null"/> while a match may still come.</summary>
    public MatchOutcome? Match { get; init; }

    /// <summary>What Cloud Sync made of the partner when it was asked to take it up at once; <see langword="null"/> before it has answered.</summary>
    public ProvisioningOutcome? Provisioning { get; init; }

    public RestoreRequest? Restore { get; init; }

    /// <summary>Oldest first. Kept when a later step takes the place of <see cref="Refusal"/>.</summary>
    public IReadOnlyList<Setback> Setbacks { get; init; } = [];

    /// <summary>Why the clear, the verification or the restore did not come out as hoped, with what to do.</summary>
    public string? Refusal { get; init; }

    /// <summary>What kind of no the directory gave; <see langword="null"/> when it gave none.</summary>
    public RefusalCause? RefusalCause { get; init; }

    /// <summary>A proposal that still stands in the way of another one for the same user.</summary>
    [JsonIgnore]
    public bool IsOpen => Status is ProposalStatus.Pending or ProposalStatus.Approved or ProposalStatus.Clearing
        or ProposalStatus.Cleared or ProposalStatus.Restoring;

    public bool HasExpired(DateTimeOffset now) => now >= ExpiresAt;

    /// <summary>
    /// Until when the same evidence is not proposed again: after a rejection, and after a refusal that a person cannot cure where it
    /// arose. Where they can, the next scan that finds the user a candidate shows that they have.
    /// </summary>
    /// <returns><see langword="null"/> when nothing keeps it from being proposed.</returns>
    public DateTimeOffset? HeldUntil(TenantPolicy policy) => Status is ProposalStatus.Rejected
        || (Status is ProposalStatus.Refused && RefusalCause is null or Clearing.RefusalCause.Unknown or Clearing.RefusalCause.Uniqueness)
        ? StatusAt.AddDays(policy.RejectionHoldsDays)
        : null;

    /// <summary>The stored content is still what the digest was made of.</summary>
    [JsonIgnore]
    public bool DigestHolds => Digest == ProposalDigest.Of(this);

    public Proposal Seal() => this with { Digest = ProposalDigest.Of(this) };

    /// <summary>
    /// As many different people as are needed have approved what stands here. One answer that was relayed is as good as one person
    /// where one is enough, if it counts at all; where two are needed, only people who signed in themselves count.
    /// </summary>
    [JsonIgnore]
    public bool HasEnoughApprovals =>
        Approvals.Any() && (RequiredApprovals <= 1 || Approvals.Where(a => a.Asserted is null).DistinctBy(a => a.DecidedBy.Id).Count() >= RequiredApprovals);

    private IEnumerable<Decision> Approvals => Decisions.Where(d => d is { Approved: true, Counts: true } && d.Digest == Digest);

    public Proposal Require(int approvals) => this with { RequiredApprovals = Math.Max(RequiredApprovals, approvals) };

    /// <summary>Hears a decision: a no ends it, a yes does once it is one of enough, and advice leaves it as it is.</summary>
    public Proposal Decide(Decision decision)
    {
        var heard = In(ProposalStatus.Pending) with { Decisions = [.. Decisions, decision] };

        return !decision.Counts || (decision.Approved && !heard.HasEnoughApprovals)
            ? heard
            : heard.To(decision.Approved ? ProposalStatus.Approved : ProposalStatus.Rejected, decision.DecidedAt, ProposalStatus.Pending);
    }

    public Proposal Expire(DateTimeOffset now) => To(ProposalStatus.Expired, now, ProposalStatus.Pending);

    public Proposal Supersede(string because, DateTimeOffset now) => To(
        ProposalStatus.Superseded, now, ProposalStatus.Pending, ProposalStatus.Approved, ProposalStatus.Clearing) with
    {
        Refusal = because,
        Claim = null,
        Wait = null,
    };

    public Proposal BeginClear(DateTimeOffset now, DateTimeOffset claimedUntil) =>
        To(ProposalStatus.Clearing, now, ProposalStatus.Approved) with
        {
            ClearingAt = now,
            Claim = new(claimedUntil, Attempt: 1),
            Wait = null,
        };

    public Proposal WaitFor(ClearWait wait) => In(ProposalStatus.Approved) with { Wait = wait };

    /// <summary>Takes the right to write, of a clear or a restore under way, after whoever had it before.</summary>
    public Proposal ClaimAgain(DateTimeOffset until) => Writing() with
    {
        Claim = new(until, (Claim?.Attempt ?? 0) + 1) { AcceptedAt = Claim?.AcceptedAt, LostAnswer = Claim?.LostAnswer },
    };

    /// <summary>Gives the right to write back, unused. What earlier claims may have sent is not forgotten.</summary>
    public Proposal ReleaseClaim() => Writing() with
    {
        Claim = Claim is { Attempt: > 1 } used ? used with { Until = DateTimeOffset.MinValue, Attempt = used.Attempt - 1 } : null,
    };

    /// <summary>The directory has accepted the write, though no read shows it yet.</summary>
    public Proposal Accept(DateTimeOffset now) => Writing() with { Claim = Claim! with { AcceptedAt = now } };

    /// <summary>The write was sent, and its answer did not come or did not say whether it was made.</summary>
    public Proposal LoseAnswer(string instead) => Writing() with { Claim = Claim! with { LostAnswer = instead } };

    public Proposal CompleteClear(DateTimeOffset now, DateTimeOffset nextCheckAt) =>
        To(ProposalStatus.Cleared, now, ProposalStatus.Clearing) with
        {
            ClearedAt = now,
            NextCheckAt = nextCheckAt,
            Claim = null,
        };

    public Proposal CheckAgain(DateTimeOffset at) => In(ProposalStatus.Cleared) with { NextCheckAt = at };

    public Proposal Refuse(AnchorRefusal refusal, DateTimeOffset now) =>
        To(ProposalStatus.Refused, now, ProposalStatus.Clearing) with
        {
            Refusal = refusal.Text,
            RefusalCause = refusal.Cause,
            Claim = null,
        };

    public Proposal Verify(DateTimeOffset now) => To(
        ProposalStatus.Verified, now, ProposalStatus.Cleared, ProposalStatus.Inconclusive) with
    {
        Match = MatchOutcome.Matched,
        Refusal = null,
        RefusalCause = null,
    };

    /// <summary>Also of a clear that may have been made although no read shows it: it cannot be called undone.</summary>
    public Proposal Doubt(MatchOutcome outcome, string because, DateTimeOffset now) =>
        To(ProposalStatus.Inconclusive, now, ProposalStatus.Cleared, ProposalStatus.Clearing) with
        {
            Match = outcome,
            Refusal = because,
            RefusalCause = null,
            ClearedAt = ClearedAt ?? Claim?.AcceptedAt,
            Claim = null,
            Setbacks = [.. Setbacks, new(now, because, null, null)],

            // The trail tells of a restore that was refused; this state tells of the clear.
            Restore = null,
        };

    public Proposal BeginRestore(RestoreRequest request) => To(
        ProposalStatus.Restoring, request.RequestedAt, ProposalStatus.Cleared, ProposalStatus.Inconclusive) with
    {
        Restore = request,
        Refusal = null,
        RefusalCause = null,
    };

    public Proposal CompleteRestore(DateTimeOffset now) =>
        To(ProposalStatus.Restored, now, ProposalStatus.Restoring) with { Claim = null };

    /// <summary>The anchor could not be put back; the clear stands. Verification goes on where nothing had been found of the match yet.</summary>
    /// <param name="cause">The directory's no; <see langword="null"/> when it was not asked.</param>
    public Proposal AbandonRestore(string because, RefusalCause? cause, DateTimeOffset now) =>
        To(Match is null ? ProposalStatus.Cleared : ProposalStatus.Inconclusive, now, ProposalStatus.Restoring) with
        {
            NextCheckAt = now,
            Refusal = because,
            RefusalCause = cause,
            Claim = null,
            Setbacks = [.. Setbacks, new(now, because, Restore, cause)],
        };

    private Proposal Writing() => In(ProposalStatus.Clearing, ProposalStatus.Restoring);

    private Proposal To(ProposalStatus status, DateTimeOffset now, params ReadOnlySpan<ProposalStatus> from) =>
        In(from) with { Status = status, StatusAt = now };

    private Proposal In(params ReadOnlySpan<ProposalStatus> allowed) =>
        allowed.Contains(Status) ? this : throw new InvalidOperationException($"Proposal {Id} is {Status}.");
}
