namespace Reanchor.Scanning;

/// <summary>A next link that the directory no longer accepts (400 or 410).</summary>
public sealed class PageExpiredException(string message) : Exception(message);
