namespace Reanchor.Collector.Uploading;

/// <summary>How a sync went.</summary>
/// <param name="Detail">For a person; at most a few lines.</param>
internal sealed record SyncResult(bool Synced, string Detail);
