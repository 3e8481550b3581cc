using Reanchor.Access;
using Reanchor.Exceptions;

namespace Reanchor.Functions.Exceptions;

/// <summary>An exception in force as callers see it.</summary>
public sealed record ExceptionView(
    Guid UserId, string Owner, string Reason, DateTimeOffset ExpiresAt, Actor SetBy, DateTimeOffset SetAt)
{
    public static ExceptionView Of(ExceptedUser exception) => new(
        exception.UserId, exception.Owner, exception.Reason, exception.ExpiresAt, exception.SetBy, exception.SetAt);
}
