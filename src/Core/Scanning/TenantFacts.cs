using Reanchor.Anchors;

namespace Reanchor.Scanning;

/// <summary>What is read once for a tenant before its users are judged.</summary>
public sealed record TenantFacts
{
    public required Reading<OrganisationSync> Sync { get; init; }

    /// <summary>Verified domains by name, lower case; <see langword="true"/> for federated ones.</summary>
    public required Reading<IReadOnlyDictionary<string, bool>> FederatedByDomain { get; init; }

    /// <summary>Principals that hold a directory role now, and the template id of one such role.</summary>
    public required Reading<IReadOnlyDictionary<Guid, string>> ActiveRoles { get; init; }

    /// <summary>Principals that may activate a directory role.</summary>
    public required Reading<IReadOnlyDictionary<Guid, string>> EligibleRoles { get; init; }

    /// <summary>Members and owners of groups that roles can be assigned to.</summary>
    public required Reading<IReadOnlySet<Guid>> RoleAssignableGroupPrincipals { get; init; }

    /// <summary>Who may become a member or owner of such a group through Privileged Identity Management.</summary>
    public required Reading<IReadOnlySet<Guid>> EligibleGroupPrincipals { get; init; }

    /// <summary>Members, nested ones included, of the groups that the tenant's policy protects.</summary>
    public required Reading<IReadOnlySet<Guid>> ProtectedGroupMembers { get; init; }

    /// <summary>Objects whose source of authority was given back from the cloud to AD, as far back as the audit log goes: 30 days at most.</summary>
    public required Reading<IReadOnlySet<Guid>> GivenBackToAd { get; init; }

    public required Reading<SyncFeatures> Features { get; init; }

    /// <summary>Synced users whose address or UPN sync had to put aside because another object owns it.</summary>
    public required Reading<IReadOnlyList<QuarantinedDuplicate>> Duplicates { get; init; }

    /// <summary>Deleted users that can still be restored, by the anchor they hold.</summary>
    public required Reading<ILookup<SourceAnchor, Guid>> SoftDeletedHolders { get; init; }

    /// <summary>All users of the tenant; what a flagged share is a share of.</summary>
    public required Reading<int> UserCount { get; init; }

    /// <exception cref="DirectoryUnavailableException">The directory failed at one of them.</exception>
    public void ThrowIfFailed() => Reading.ThrowIfFailed(
        Sync,
        FederatedByDomain,
        ActiveRoles,
        EligibleRoles,
        RoleAssignableGroupPrincipals,
        EligibleGroupPrincipals,
        ProtectedGroupMembers,
        GivenBackToAd,
        Features,
        Duplicates,
        SoftDeletedHolders,
        UserCount);

    /// <summary>Certainly holds or may activate a role, or belongs to a role-assignable group. Unknown is not counted.</summary>
    public bool IsPrivileged(Guid userId) =>
        (ActiveRoles.IsKnown && ActiveRoles.Value.ContainsKey(userId))
        || (EligibleRoles.IsKnown && EligibleRoles.Value.ContainsKey(userId))
        || (EligibleGroupPrincipals.IsKnown && EligibleGroupPrincipals.Value.Contains(userId))
        || (RoleAssignableGroupPrincipals.IsKnown && RoleAssignableGroupPrincipals.Value.Contains(userId));
}
