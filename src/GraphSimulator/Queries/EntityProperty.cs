namespace Reanchor.GraphSimulator;

/// <summary>A property of a Graph resource: how to read it, whether it shows without <c>$select</c>, and how it filters.</summary>
internal sealed record EntityProperty<T>(string Name, Func<T, object?> Read)
{
    /// <summary>Part of the answer when <c>$select</c> is missing.</summary>
    public bool IsDefault { get; init; }

    public PropertyKind Kind { get; init; } = PropertyKind.Text;
    public bool BetaOnly { get; init; }
    public FilterRules Filter { get; init; } = FilterRules.Unknown;

    /// <summary>Anchors are case-sensitive; every other string compares without case.</summary>
    public StringComparison Comparison { get; init; } = StringComparison.OrdinalIgnoreCase;

    /// <summary>For collections of objects: the members that a lambda may test.</summary>
    public IReadOnlyDictionary<string, Func<object, string?>>? ElementMembers { get; init; }

    public Support OrderBy { get; init; } = Support.Refused;
}
