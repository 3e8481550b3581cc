using Reanchor.Scanning;

namespace Reanchor.Functions.Scanning;

/// <summary>A scan that was queued; its address is in the header <c>Location</c>.</summary>
public sealed record ScanStartedView(ScanId ScanId);
