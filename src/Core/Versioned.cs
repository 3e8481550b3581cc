namespace Reanchor;

/// <summary>A stored item and the version it was read at. The version is opaque to callers.</summary>
public sealed record Versioned<T>(T Item, string Version);
