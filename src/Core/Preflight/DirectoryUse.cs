namespace Reanchor.Preflight;

/// <summary>What an application is for.</summary>
public enum DirectoryUse
{
    /// <summary>Scans, diagnoses and every look before and after a write.</summary>
    Read,

    /// <summary>Clears, restores, and provisioning after a clear.</summary>
    Write,
}
