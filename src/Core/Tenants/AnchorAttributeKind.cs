namespace Reanchor.Tenants;

/// <summary>
/// The on-premises attribute that this tenant's sync makes the anchor from (Microsoft Learn, "Design concepts":
/// Connect Sync takes ConsistencyGuid by default, objectGUID or any chosen attribute). Stored by name.
/// </summary>
public enum AnchorAttributeKind
{
    /// <summary>mS-DS-ConsistencyGuid where set, else objectGUID.</summary>
    ConsistencyGuid,

    /// <summary>objectGUID always.</summary>
    ObjectGuid,

    /// <summary>Another attribute; the inventory carries its value as <c>customAnchor</c>, used verbatim.</summary>
    Custom,
}
