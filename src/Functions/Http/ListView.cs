namespace Reanchor.Functions.Http;

/// <summary>A page of a list as callers see it.</summary>
/// <param name="Next">What to ask for the next page with; <see langword="null"/> after the last.</param>
public sealed record ListView<T>(IEnumerable<T> Items, string? Next);
