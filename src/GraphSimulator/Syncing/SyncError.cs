namespace Reanchor.GraphSimulator;

/// <summary>An export error by the name that Microsoft's troubleshooting pages give it.</summary>
/// <param name="AttributeConflictName">The attribute two objects claim, where the error names one.</param>
public sealed record SyncError(string Name, string Message, string? AttributeConflictName = null)
{
    public const string InvalidSoftMatch = "InvalidSoftMatch";
    public const string InvalidHardMatch = "InvalidHardMatch";
    public const string AttributeUpdateNotAllowed = "AttributeUpdateNotAllowed";
    public const string AttributeValueMustBeUnique = "AttributeValueMustBeUnique";
    public const string ExistingAdminRoleConflict = "ExistingAdminRoleConflict";

    /// <summary>What Connect Sync shows when the attribute behind an exported anchor has changed.</summary>
    public const string SourceAnchorChanged = "sync-rule-error-function-triggered";
}
