namespace Reanchor.Scanning;

/// <summary>What kind of limit halted a scan; decides whether it can be resumed. Stored by name.</summary>
public enum HaltKind
{
    /// <summary>An inventory, or a number that a cap is measured by, is missing: only another scan can help.</summary>
    EvidenceMissing,

    /// <summary>More candidates than the policy allows: an administrator may say that they are right.</summary>
    Cap,
}
