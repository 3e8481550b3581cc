namespace Reanchor.Scanning;

/// <summary>What the next sync would do with the user after a clear. Stored and shown by these names.</summary>
public enum Prediction
{
    /// <summary>Cannot be told from what is known.</summary>
    Unknown,

    /// <summary>Matches the partner.</summary>
    SoftMatch,

    /// <summary>Soft match is blocked in this tenant: sync would create a second user.</summary>
    Duplicate,

    /// <summary>Sync would refuse and report an error.</summary>
    Refused,
}
