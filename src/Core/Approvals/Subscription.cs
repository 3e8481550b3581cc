using System.Text.Json.Serialization;
using Reanchor.Access;

namespace Reanchor.Approvals;

/// <summary>A workflow that wants to be called back once its batch is decided.</summary>
public sealed record Subscription
{
    /// <summary>The subscriber's own name for it.</summary>
    public required string Id { get; init; }

    /// <summary>The address, sealed: it holds the secret that lets anyone continue the workflow. See <see cref="AddressSeal"/>.</summary>
    public required string SealedAddress { get; init; }

    /// <summary>Where the address leads, for people to read.</summary>
    public required string Host { get; init; }

    public required Actor SubscribedBy { get; init; }

    public required DateTimeOffset SubscribedAt { get; init; }

    public DateTimeOffset? RemovedAt { get; init; }

    public DateTimeOffset? CalledAt { get; init; }

    /// <summary>Why it was given up; <see langword="null"/> while it was not.</summary>
    public string? Failure { get; init; }

    public DateTimeOffset? FailedAt { get; init; }

    [JsonIgnore]
    public bool IsWaiting => RemovedAt is null && CalledAt is null && FailedAt is null;

    public Subscription Remove(DateTimeOffset now) => IsWaiting ? this with { RemovedAt = now } : this;

    public Subscription Call(DateTimeOffset now) => IsWaiting ? this with { CalledAt = now } : this;

    public Subscription Fail(string because, DateTimeOffset now) => IsWaiting ? this with { Failure = because, FailedAt = now } : this;
}
