namespace Reanchor.Scanning;

/// <summary>The tenant's synchronisation switches that decide what a clear leads to.</summary>
/// <param name="SoftMatchBlocked">blockSoftMatchEnabled: sync makes a duplicate instead of matching.</param>
/// <param name="HardMatchTakeoverBlocked">blockCloudObjectTakeoverThroughHardMatchEnabled.</param>
/// <param name="SoftMatchOnUpnEnabled">Off: only the primary address is matched, not the UPN. <see langword="null"/> when Graph does not say.</param>
public sealed record SyncFeatures(bool SoftMatchBlocked, bool HardMatchTakeoverBlocked, bool? SoftMatchOnUpnEnabled = null);
