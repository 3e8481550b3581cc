namespace Reanchor.GraphSimulator;

/// <summary>Which filter operators a property takes. Source: Microsoft Learn, "Advanced query capabilities".</summary>
internal sealed record FilterRules
{
    public static readonly FilterRules Unknown = new();

    /// <summary>Not in Microsoft's table, which means that no filter works.</summary>
    public static readonly FilterRules None = new()
    {
        Eq = Support.Refused,
        Ne = Support.Refused,
        In = Support.Refused,
        StartsWith = Support.Refused,
        EndsWith = Support.Refused,
        Null = Support.Refused,
        Range = Support.Refused,
    };

    public Support Eq { get; init; }
    public Support Ne { get; init; }
    public Support In { get; init; }
    public Support StartsWith { get; init; }
    public Support EndsWith { get; init; }

    /// <summary><c>eq null</c>; <c>ne null</c> needs at least what <see cref="Ne"/> needs as well.</summary>
    public Support Null { get; init; }

    /// <summary><c>ge</c> and <c>le</c>.</summary>
    public Support Range { get; init; }

    /// <summary><c>$count eq 0</c> on a collection.</summary>
    public Support CountZero { get; init; }
}
