namespace Reanchor.Scanning;

/// <summary>The directory could not be reached, failed, or asked to slow down. The queue tries again later, unless <see cref="NeedsRepair"/>.</summary>
public sealed class DirectoryUnavailableException(string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>
    /// How long to leave the directory alone, as it asked or as is usual when it is busy and named no time. The command goes back to
    /// its queue for so long. <see langword="null"/> for a fault that is no such request: the host's own retries deal with it.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The request certainly had no effect: it never left, or was turned away before it was looked at.</summary>
    public bool NothingDone { get; init; }

    /// <summary>A retry ends the same until a person puts right what the message says: a consent, a secret, a setting.</summary>
    public bool NeedsRepair { get; init; }
}
