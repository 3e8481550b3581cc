namespace Reanchor.LocalHost;

/// <summary>What the command line asks for.</summary>
/// <param name="Port">0 for a free one.</param>
/// <param name="Storage">A storage connection string; <see langword="null"/> to use, or start, an Azurite.</param>
/// <param name="TraceFile">Where every span is written; <see langword="null"/> for nowhere.</param>
internal sealed record LocalHostArguments(int Port, string? Storage, string? TraceFile = null);
