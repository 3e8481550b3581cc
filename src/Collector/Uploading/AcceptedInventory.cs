namespace Reanchor.Collector.Uploading;

/// <summary>Reanchor's answer to an inventory that it took.</summary>
internal sealed record AcceptedInventory(string Forest, DateTimeOffset TakenAt, int Count);
