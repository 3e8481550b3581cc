namespace Reanchor.Functions.Inventories;

/// <summary>What a collector is asked to do.</summary>
/// <param name="Since">Since when a sync is wanted; <see langword="null"/> when none is.</param>
public sealed record CollectorWorkView(bool SyncWanted, DateTimeOffset? Since);
