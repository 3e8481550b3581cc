namespace Reanchor.GraphSimulator;

/// <summary>What Graph makes of one operator on one property.</summary>
internal enum Support
{
    /// <summary>The sources do not say, so the simulator answers 501.</summary>
    NotSimulated,

    /// <summary>Graph is known to refuse it: 400.</summary>
    Refused,

    /// <summary>Works plainly.</summary>
    Default,

    /// <summary>Needs <c>ConsistencyLevel: eventual</c> and <c>$count=true</c>.</summary>
    Advanced,
}
