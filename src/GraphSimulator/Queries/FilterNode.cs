namespace Reanchor.GraphSimulator;

/// <summary>A parsed filter. Property names are as written; the compiler resolves them.</summary>
internal abstract record FilterNode
{
    public sealed record And(FilterNode Left, FilterNode Right) : FilterNode;

    public sealed record Or(FilterNode Left, FilterNode Right) : FilterNode;

    public sealed record Not(FilterNode Inner) : FilterNode;

    /// <summary>Operators eq, ne, ge, le, startswith and endswith.</summary>
    public sealed record Compare(string Path, string Operator, FilterLiteral Literal) : FilterNode;

    public sealed record In(string Path, IReadOnlyList<FilterLiteral> Literals) : FilterNode;

    public sealed record Any(string Collection, string Variable, FilterNode Body) : FilterNode;
}
