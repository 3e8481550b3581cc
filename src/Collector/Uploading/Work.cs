namespace Reanchor.Collector.Uploading;

/// <summary>What Reanchor wants of a collector.</summary>
internal sealed record Work(bool SyncWanted);
