using Reanchor.Scanning;

namespace Reanchor.Clearing;

/// <summary>An anchor can be put back until a match takes the user: then AD owns it and Graph refuses the write.</summary>
public static class RestoreWindow
{
    public const string TooLate =
        "A match has taken the user: AD owns its anchor now. To undo it, take the account out of sync scope, then restore the user in Entra.";

    /// <returns><see langword="null"/> while it is open.</returns>
    public static string? ClosedBecause(CloudUser user) => user.IsSynced ? TooLate : null;
}
