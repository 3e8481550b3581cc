using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Reanchor.Access;
using Reanchor.Auditing;
using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Poison;

/// <summary>A message that its queue gave up on. A step returns the next item; it never edits this one.</summary>
public sealed record PoisonItem
{
    /// <summary>Of queue and message: a poison message that is delivered twice is one item.</summary>
    public required string Id { get; init; }

    /// <summary>The empty id for what names no tenant.</summary>
    [JsonConverter(typeof(TenantOrNoneConverter))]
    public required TenantId Tenant { get; init; }

    /// <summary>The queue that gave up, without the poison suffix.</summary>
    public required string Queue { get; init; }

    /// <summary>The message as it was; it need not be one of ours.</summary>
    public required string Message { get; init; }

    public ScanId? Scan { get; init; }

    public ProposalId? Proposal { get; init; }

    public PoisonStatus Status { get; init; } = PoisonStatus.Waiting;

    public required DateTimeOffset PoisonedAt { get; init; }

    /// <summary>How often the queue gave up on it, retries included.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The last one; <see langword="null"/> before the first.</summary>
    public PoisonRetry? Retry { get; init; }

    /// <summary><see langword="null"/> unless it is <see cref="PoisonStatus.Overtaken"/>.</summary>
    public PoisonOvertaking? Overtaking { get; init; }

    public static string IdOf(string queue, string message) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{queue}|{message}")))[..32];

    public PoisonItem SendBack(PoisonRetry retry) => In(PoisonStatus.Waiting) with { Status = PoisonStatus.Retrying, Retry = retry };

    public PoisonItem Sent() => In(PoisonStatus.Retrying) with { Status = PoisonStatus.Retried };

    /// <summary>Whether the queue's handler would find nothing to do for a proposal that stands there.</summary>
    public bool IsOvertakenBy(ProposalStatus status) => Queue switch
    {
        QueueNames.Clears => status is not (ProposalStatus.Pending or ProposalStatus.Approved or ProposalStatus.Clearing),
        QueueNames.Verifications => status is not (ProposalStatus.Pending or ProposalStatus.Approved or ProposalStatus.Clearing or ProposalStatus.Cleared),
        QueueNames.Restores => status is not ProposalStatus.Restoring,
        _ => false,
    };

    public PoisonItem Overtake(ProposalStatus by, DateTimeOffset at) => In(PoisonStatus.Waiting) with
    {
        Status = PoisonStatus.Overtaken,
        Overtaking = new(by, at > PoisonedAt ? at : PoisonedAt),
    };

    public PoisonItem GiveUpAgain(DateTimeOffset now) => In(PoisonStatus.Retrying, PoisonStatus.Retried, PoisonStatus.Overtaken) with
    {
        Overtaking = null,
        Status = PoisonStatus.Waiting,
        PoisonedAt = now,
        Times = Times + 1,
    };

    /// <summary>The event that its state calls for; the same each time it is told.</summary>
    public AuditEvent ToEvent() => Status switch
    {
        PoisonStatus.Waiting => new MessagePoisoned(Header(PoisonedAt, Actor.System, "The queue gave up after the last retry."))
        {
            Queue = Queue,
            Message = Message,
        },
        PoisonStatus.Overtaken => new PoisonOvertaken(Header(Overtaking!.At, Actor.System, "Its proposal moved on without it."))
        {
            Queue = Queue,
            Item = Id,
            Status = Overtaking.By,
        },
        _ => new PoisonRetried(Header(Retry!.At, Retry.RequestedBy, Retry.Reason)) { Queue = Queue, Item = Id },
    };

    private EventHeader Header(DateTimeOffset at, Actor actor, string reason) =>
        new(Tenant, at, actor) { Scan = Scan, Proposal = Proposal, UserId = Proposal?.UserId, Reason = reason };

    private PoisonItem In(params ReadOnlySpan<PoisonStatus> allowed) =>
        allowed.Contains(Status) ? this : throw new InvalidOperationException($"Poison message {Id} is {Status}.");
}

/// <summary>Who had it sent back, when and why.</summary>
public sealed record PoisonRetry(Actor RequestedBy, DateTimeOffset At, string Reason);

/// <summary>Where its proposal stood that had moved on without it, and since when.</summary>
public sealed record PoisonOvertaking(ProposalStatus By, DateTimeOffset At);

/// <summary>Stored by name.</summary>
public enum PoisonStatus
{
    /// <summary>For somebody to cure the cause and send it back.</summary>
    Waiting,

    /// <summary>Being sent back; maintenance finishes it after a crash.</summary>
    Retrying,

    /// <summary>Back on its queue. If that gives up again, it is <see cref="Waiting"/> again.</summary>
    Retried,

    /// <summary>Nothing is left for it to do.</summary>
    Overtaken,
}
