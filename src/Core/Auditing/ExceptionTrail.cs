using Reanchor.Access;
using Reanchor.Exceptions;

namespace Reanchor.Auditing;

/// <summary>The event that an exception's state calls for; see <see cref="ProposalTrail"/>.</summary>
public static class ExceptionTrail
{
    public static AuditEvent EventOf(ExceptedUser exception) => exception switch
    {
        { Removal: { } removal } => new ExceptionRemoved(
            Header(exception, removal.RemovedAt, removal.RemovedBy) with { Reason = removal.Reason })
        {
            Owner = exception.Owner,
            ExpiresAt = exception.ExpiresAt,
        },
        { RanOutAt: not null } => new ExceptionRanOut(Header(exception, exception.ExpiresAt, Actor.System))
        {
            Owner = exception.Owner,
        },
        _ => new ExceptionSet(Header(exception, exception.SetAt, exception.SetBy))
        {
            Owner = exception.Owner,
            ExpiresAt = exception.ExpiresAt,
        },
    };

    private static EventHeader Header(ExceptedUser exception, DateTimeOffset at, Actor actor) =>
        new(exception.Tenant, at, actor) { UserId = exception.UserId, Reason = exception.Reason };
}
