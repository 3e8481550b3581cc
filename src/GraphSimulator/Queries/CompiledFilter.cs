namespace Reanchor.GraphSimulator;

/// <summary>A filter ready to run.</summary>
/// <param name="AdvancedReason">Why it is an advanced query, worded as Graph's refusal; null for a plain one.</param>
internal sealed record CompiledFilter<T>(Predicate<T> Matches, string? AdvancedReason);
