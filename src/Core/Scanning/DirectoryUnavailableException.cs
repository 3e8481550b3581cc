namespace Reanchor.Scanning;

/// <summary>The directory could not be reached, failed, or asked to slow down. The queue tries again later.</summary>
public sealed class DirectoryUnavailableException(string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>How long the directory asked to be left alone; <see langword="null"/> when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The request certainly had no effect: it never left, or was turned away before it was looked at.</summary>
    public bool NothingDone { get; init; }
}
