namespace Reanchor.GraphSimulator;

/// <summary>The <c>features</c> of <c>/directory/onPremisesSynchronization</c>.</summary>
public sealed record SyncFeatures
{
    public bool BlockSoftMatchEnabled { get; init; }
    public bool BlockCloudObjectTakeoverThroughHardMatchEnabled { get; init; }
    public bool SoftMatchOnUpnEnabled { get; init; } = true;
    public bool QuarantineUponUpnConflictEnabled { get; init; } = true;
    public bool QuarantineUponProxyAddressesConflictEnabled { get; init; } = true;
}
