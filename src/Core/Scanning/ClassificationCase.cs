using Reanchor.Exceptions;
using Reanchor.Tenants;

namespace Reanchor.Scanning;

/// <summary>Everything that is known of one user at the moment of judging. What is not known says why.</summary>
public sealed record ClassificationCase
{
    public required Tenant Tenant { get; init; }

    public required CloudUser User { get; init; }

    public required TenantFacts TenantFacts { get; init; }

    public required UserFacts UserFacts { get; init; }

    /// <summary>What the inventories say, or why they prove nothing.</summary>
    public required Reading<InventoryEvidence> Inventory { get; init; }

    /// <summary>Asked for users that nothing else excludes; <see cref="PartnerClaims.None"/> for the others.</summary>
    public required PartnerClaims Claims { get; init; }

    /// <summary>The user's exception, if one is in force at the moment of judging.</summary>
    public ExceptedUser? Exception { get; init; }

    /// <summary>An earlier scan saw this user cloud-managed.</summary>
    public bool WasCloudManaged { get; init; }
}
