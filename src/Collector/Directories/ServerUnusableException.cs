namespace Reanchor.Collector.Directories;

/// <summary>Nothing listens there, or it does not hold its domain whole. Not fatal when another server holds the same domain.</summary>
internal sealed class ServerUnusableException(string message, Exception? innerException = null) : Exception(message, innerException);
