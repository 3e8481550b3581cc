namespace Reanchor.Collector.Directories;

/// <summary>The attribute that sync makes anchors from.</summary>
/// <param name="Attribute">As the schema spells it.</param>
/// <param name="IsBinary">Sync writes bytes as Base64, and text as it is.</param>
internal sealed record AnchorChoice(string Attribute, bool IsBinary)
{
    public const string ConsistencyGuid = "ms-DS-ConsistencyGuid";
    public const string ObjectGuid = "objectGUID";

    public static AnchorChoice Default { get; } = new(ConsistencyGuid, IsBinary: true);

    /// <summary>Neither of the two that every inventory lists anyway.</summary>
    public bool IsCustom => !IsBuiltIn(Attribute);

    public static bool IsBuiltIn(string attribute) =>
        attribute.Equals(ConsistencyGuid, StringComparison.OrdinalIgnoreCase)
        || attribute.Equals(ObjectGuid, StringComparison.OrdinalIgnoreCase);
}
