namespace Reanchor.GraphSimulator;

/// <summary>What a sync does with an AD account whose UPN or address a cloud user holds and that cannot be matched.</summary>
public enum ConflictHandling
{
    /// <summary>The export fails and is tried again each cycle.</summary>
    ExportError,

    /// <summary>A second cloud user is made, the conflicting value withheld. Not tried again while that user exists.</summary>
    Quarantine,
}
