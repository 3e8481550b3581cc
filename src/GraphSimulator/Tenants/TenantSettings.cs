namespace Reanchor.GraphSimulator;

/// <summary>How a tenant answers where Microsoft's own sources differ, and what its licences and grants allow.</summary>
public sealed record TenantSettings
{
    /// <summary>Application permissions consented to; a route without its permission answers 403.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = GraphPermissions.All;

    /// <summary>What <see cref="SimulatedCloud.WriterId"/> was granted. Null: the tenant does not know it.</summary>
    public IReadOnlyList<string>? WriterPermissions { get; init; }

    public IReadOnlyList<string> PermissionsOf(string appId) =>
        appId == $"{SimulatedCloud.WriterId}" ? WriterPermissions ?? [] : Permissions;

    /// <summary>The calling app holds Privileged Authentication Administrator, so privileged users may be changed.</summary>
    public bool AppHoldsPrivilegedRole { get; init; }

    /// <summary>Without it the eligibility route answers <c>AadPremiumLicenseRequired</c>.</summary>
    public bool HasPremiumP2 { get; init; } = true;

    /// <summary>Answers 400 to a null test on <c>onPremisesImmutableId</c>, which the capability table does not list.</summary>
    public bool RefusesImmutableIdNullFilter { get; init; }

    /// <summary>Whether a soft-deleted user's anchor keeps another user from taking the same value. Unproven either way.</summary>
    public bool SoftDeletedAnchorBlocks { get; init; } = true;

    /// <summary>Whether a restored user (sync state false) can be soft matched. The support wiki says not.</summary>
    public bool RestoredUsersSoftMatch { get; init; }

    /// <summary>
    /// Whether a soft match is refused, as a hard match is, onto a user that carries another account's object identifier. Learn calls
    /// soft match unchanged; changing a mapped identifier is what the hardening of July 2026 refuses.
    /// </summary>
    public bool ObjectIdentifierBlocksSoftMatch { get; init; }

    public ConflictHandling ConflictHandling { get; init; }

    /// <summary><c>ms-DS-ConsistencyGuid</c> (objectGUID where it is empty), <c>objectGUID</c>, or the name of a custom attribute.</summary>
    public string AnchorAttribute { get; init; } = "ms-DS-ConsistencyGuid";

    /// <summary>Connect Sync stores objectGUID in an empty mS-DS-ConsistencyGuid; Cloud Sync does not.</summary>
    public bool WritesConsistencyGuidBack { get; init; } = true;

    /// <summary>False: the sync server is down and a cycle cannot be run.</summary>
    public bool SyncServerRunning { get; init; } = true;

    /// <summary>Synchronises by Cloud Sync, with a job for each forest, and not by Connect Sync, which Graph knows nothing of.</summary>
    public bool UsesCloudSync { get; init; }

    /// <summary>Graph may give fewer users in a page than it was asked for. Null: as many.</summary>
    public int? LargestUserPage { get; init; }

    /// <summary>Null: Graph's own limits for a tenant of this size.</summary>
    public ThrottleLimits? Throttling { get; init; }
}
