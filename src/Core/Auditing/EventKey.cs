namespace Reanchor.Auditing;

/// <summary>Where an event stands in its tenant's trail: newest first, and by id within one instant.</summary>
public readonly record struct EventKey(DateTimeOffset At, string Id) : IComparable<EventKey>
{
    public static EventKey Of(AuditEntry entry) => new(entry.At.ToUniversalTime(), entry.Id);

    public int CompareTo(EventKey other) =>
        other.At.CompareTo(At) is var order and not 0 ? order : string.CompareOrdinal(Id, other.Id);

    public static bool operator <(EventKey left, EventKey right) => left.CompareTo(right) < 0;

    public static bool operator >(EventKey left, EventKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(EventKey left, EventKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EventKey left, EventKey right) => left.CompareTo(right) >= 0;
}
