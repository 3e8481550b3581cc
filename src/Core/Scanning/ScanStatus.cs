namespace Reanchor.Scanning;

/// <summary>Stored by name.</summary>
public enum ScanStatus
{
    Queued,
    Running,
    Completed,

    /// <summary>A limit was hit: everything was classified, nothing was proposed.</summary>
    Halted,

    /// <summary>Given up after every retry.</summary>
    Failed,
}
