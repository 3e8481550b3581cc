namespace Reanchor;

/// <summary>One page of a list.</summary>
/// <param name="Items">In the store's order; may be empty while <paramref name="Next"/> is set.</param>
/// <param name="Next">Opaque; hand it back to read on. <see langword="null"/> at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
