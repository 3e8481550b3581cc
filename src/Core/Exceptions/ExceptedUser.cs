using System.Text.Json.Serialization;
using Reanchor.Access;
using Reanchor.Tenants;

namespace Reanchor.Exceptions;

/// <summary>
/// A user whom an administrator keeps from being proposed until a certain day. A step returns the next state; it never edits this
/// one. What has ended stays, until the user is excepted again.
/// </summary>
public sealed record ExceptedUser
{
    public required TenantId Tenant { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>The person or team that answers for the exception, in words.</summary>
    public required string Owner { get; init; }

    public required string Reason { get; init; }

    /// <summary>From this instant on the user is judged like any other.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public required Actor SetBy { get; init; }

    public required DateTimeOffset SetAt { get; init; }

    /// <summary><see langword="null"/> unless it was taken back before it ran out.</summary>
    public ExceptionRemoval? Removal { get; init; }

    /// <summary>When it was noted that it had run out; later than <see cref="ExpiresAt"/>.</summary>
    public DateTimeOffset? RanOutAt { get; init; }

    [JsonIgnore]
    public bool HasEnded => Removal is not null || RanOutAt is not null;

    /// <summary>When the state was set.</summary>
    [JsonIgnore]
    public DateTimeOffset ChangedAt => Removal?.RemovedAt ?? RanOutAt ?? SetAt;

    public bool IsInForce(DateTimeOffset now) => !HasEnded && now < ExpiresAt;

    public ExceptedUser Remove(ExceptionRemoval removal) => Open() with { Removal = removal };

    public ExceptedUser RunOut(DateTimeOffset now) => Open() with { RanOutAt = now };

    private ExceptedUser Open() =>
        HasEnded ? throw new InvalidOperationException($"The exception of user {UserId} has ended.") : this;
}
