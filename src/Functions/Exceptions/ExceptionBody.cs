using Reanchor.Functions.Http;

namespace Reanchor.Functions.Exceptions;

/// <summary>What an administrator sends to keep a user from being proposed for a while.</summary>
public sealed record ExceptionBody
{
    private const int MaxOwnerLength = 256;
    private const int MaxYears = 2;

    /// <summary>The person or team that answers for it.</summary>
    public required string Owner { get; init; }

    public required string Reason { get; init; }

    /// <summary>In the future, at most two years away.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <returns>What is wrong, naming the member; empty when nothing is.</returns>
    public IEnumerable<ProblemError> Check(DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(Owner) || Owner.Trim().Length > MaxOwnerLength)
        {
            yield return new($"owner must have 1 to {MaxOwnerLength} characters: the person or team that answers for the exception.", "owner");
        }

        if (ReasonText.Check(Reason) is { } badReason)
        {
            yield return new(badReason, "reason");
        }

        if (ExpiresAt <= now)
        {
            yield return new("expiresAt must lie in the future. To end an exception now, delete it.", "expiresAt");
        }
        else if (ExpiresAt > now.AddYears(MaxYears))
        {
            yield return new(
                $"expiresAt must be at most {MaxYears} years away. Put users that are to be left alone for good on the policy's protectedUserIds.",
                "expiresAt");
        }
    }
}
