namespace Reanchor;

/// <summary>A caller handed back something that is not a <see cref="Page{T}.Next"/> of this list.</summary>
public sealed class InvalidContinuationException() : Exception("This is not a continuation of this list.");
