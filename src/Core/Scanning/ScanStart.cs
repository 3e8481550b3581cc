namespace Reanchor.Scanning;

public enum ScanStartOutcome
{
    Started,

    /// <summary>The same idempotency key started this scan before.</summary>
    StartedBefore,

    /// <summary>Another scan of the tenant is still open.</summary>
    AlreadyRunning,
}

/// <param name="Scan">The scan that was started, was started before, or is in the way.</param>
public sealed record ScanStart(ScanStartOutcome Outcome, Scan Scan);
