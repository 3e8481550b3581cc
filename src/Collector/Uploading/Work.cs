namespace Reanchor.Collector.Uploading;

/// <summary>What Reanchor wants of a collector.</summary>
/// <param name="Since">When the sync was asked for; the same for as long as it is the same wish.</param>
internal sealed record Work(bool SyncWanted, DateTimeOffset? Since);
