using Reanchor.Collector.Directories;

namespace Reanchor.Collector.Exporting;

internal sealed record ExportRequest
{
    public required DirectorySettings Directory { get; init; }

    public required string OutputPath { get; init; }

    public string AnchorAttribute { get; init; } = AnchorChoice.ConsistencyGuid;

    /// <summary>The forest that the servers must belong to; <see langword="null"/> for whichever it is.</summary>
    public string? ExpectedForest { get; init; }
}
