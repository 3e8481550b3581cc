namespace Reanchor.Scanning;

/// <summary>Marks the requests to a directory that can wait, so that a busy one serves clears and people first.</summary>
public static class RequestPriority
{
    private static readonly AsyncLocal<bool> Low = new();

    /// <summary>Whether the current flow of work can wait.</summary>
    public static bool IsLow => Low.Value;

    /// <summary>Lowers it for the rest of the async method that calls this, and for what that calls.</summary>
    public static void Lower() => Low.Value = true;
}
