namespace Reanchor.Collector.Directories;

/// <summary>Nothing listens there. Not fatal when another server holds the same domain.</summary>
internal sealed class ServerUnreachableException(string message, Exception innerException) : Exception(message, innerException);
