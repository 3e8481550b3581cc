using Reanchor.Anchors;

namespace Reanchor.Scanning;

/// <summary>
/// The checks, one for each class, in the order of <see cref="Classification"/>. A rule answers <see langword="null"/> when it
/// has no objection, a failed check of its own class, or <see cref="Classification.EvidenceInsufficient"/> when it cannot tell.
/// </summary>
internal static class ClassificationRules
{
    public static IReadOnlyList<Func<ClassificationCase, FailedCheck?>> InOrder { get; } =
    [
        StillSynced, AnchorInUse, SoftDeletedHolder, AnchorDrifted, ForeignAnchor, FederatedDomain, CloudManaged,
        AuthorityReverted, ActiveRole, EligibleRole, RoleAssignableGroup, Protected, RestrictedUnit, Guest, SyncAccount,
        ResourceMailbox, TwoMailboxes, PreviouslySynced, PartnerMissing, PartnerAmbiguous, PartnerShared, DuplicateInQuarantine, SoftMatchBlocked,
        CloudOnlyDomain, ForeignObjectIdentifier, ExpectedAnchorUnknown,
    ];

    public static FailedCheck? StillSynced(ClassificationCase c) =>
        c.User.IsSynced ? new(Classification.StillSynced, "The user is synced from on-premises AD.") : null;

    public static FailedCheck? AnchorInUse(ClassificationCase c) =>
        !c.Inventory.IsKnown ? Insufficient(c.Inventory.UnknownBecause!)
        : c.Inventory.Value.AnchorHolders is [var holder, ..]
            ? new(Classification.AnchorInUse, holder.Account.Deleted
                ? $"{holder.Name} in the AD Recycle Bin holds this anchor and could be restored."
                : $"{holder.Name} holds this anchor; sync will hard match it.")
        : null;

    /// <summary>A returning AD object with the anchor would bring the deleted user back (Learn, connect-sync recycle bin).</summary>
    public static FailedCheck? SoftDeletedHolder(ClassificationCase c) =>
        !c.TenantFacts.SoftDeletedHolders.IsKnown
            ? Insufficient($"Deleted users could not be read: {c.TenantFacts.SoftDeletedHolders.UnknownBecause}")
        : c.User.Anchor is { } anchor && c.TenantFacts.SoftDeletedHolders.Value.Contains(anchor)
            ? new(Classification.AnchorInUse,
                $"The deleted user {c.TenantFacts.SoftDeletedHolders.Value[anchor].First()} holds the same anchor. Remove it for good, or restore it, first.")
        : null;

    public static FailedCheck? AnchorDrifted(ClassificationCase c) =>
        c.Inventory is { IsKnown: true, Value.DriftedAccounts: [var account, ..] }
            ? new(Classification.AnchorDrifted,
                $"{account.Name} is the account this user was matched to, and it has another anchor now. Hard match it instead.")
            : null;

    /// <summary>Other identity providers and custom anchors may hold any string: unknown scheme, not left over.</summary>
    public static FailedCheck? ForeignAnchor(ClassificationCase c) =>
        c.User.Anchor is { } anchor && !anchor.TryGetGuid(out _)
            ? new(Classification.ForeignAnchor, "The anchor is not the Base64 of a 16-byte GUID. Another system may sign in with it.")
            : null;

    public static FailedCheck? FederatedDomain(ClassificationCase c)
    {
        if (!c.TenantFacts.FederatedByDomain.IsKnown)
        {
            return Insufficient($"Domains could not be read: {c.TenantFacts.FederatedByDomain.UnknownBecause}");
        }

        return !c.TenantFacts.FederatedByDomain.Value.TryGetValue(c.User.UpnDomain.ToLowerInvariant(), out var federated)
            ? Insufficient($"{c.User.UpnDomain} is not among the tenant's domains.")
            : federated
                ? new(Classification.FederatedDomain, $"{c.User.UpnDomain} is federated: the anchor is the user's sign-in key.")
                : null;
    }

    /// <summary>Clearing would turn a converted user into a cloud-native one and break the way back (Learn, source of authority).</summary>
    public static FailedCheck? CloudManaged(ClassificationCase c) =>
        !c.UserFacts.IsCloudManaged.IsKnown
            ? Insufficient($"Source of authority could not be read: {c.UserFacts.IsCloudManaged.UnknownBecause}")
        : c.UserFacts.IsCloudManaged.Value
            ? new(Classification.CloudManaged, "The user was converted to cloud-managed on purpose; the anchor is the way back to AD.")
        : null;

    public static FailedCheck? AuthorityReverted(ClassificationCase c) =>
        c is { WasCloudManaged: true, UserFacts.IsCloudManaged: { IsKnown: true, Value: false } }
            ? new(Classification.AuthorityReverted, "An earlier scan saw this user cloud-managed: it was given back to AD and sync will take it.")
            : null;

    /// <summary>Soft match to role holders is refused, and the anchor of a role holder is a sensitive property (Learn, Working with users).</summary>
    public static FailedCheck? ActiveRole(ClassificationCase c) =>
        Role(c, c.TenantFacts.ActiveRoles, "Directory roles", "holds a directory role");

    public static FailedCheck? EligibleRole(ClassificationCase c) =>
        Role(c, c.TenantFacts.EligibleRoles, "Eligible directory roles", "may activate a directory role");

    public static FailedCheck? RoleAssignableGroup(ClassificationCase c) =>
        !c.TenantFacts.RoleAssignableGroupPrincipals.IsKnown
            ? Insufficient($"Role-assignable groups could not be read: {c.TenantFacts.RoleAssignableGroupPrincipals.UnknownBecause}")
        : c.TenantFacts.RoleAssignableGroupPrincipals.Value.Contains(c.User.Id)
            ? new(Classification.Privileged, "The user is a member or owner of a group that directory roles can be assigned to.")
        : null;

    public static FailedCheck? Protected(ClassificationCase c) =>
        c.Tenant.Policy.ProtectedUserIds.Contains(c.User.Id)
            ? new(Classification.Protected, "The tenant's policy protects this user.")
            : null;

    public static FailedCheck? RestrictedUnit(ClassificationCase c) =>
        c.User.IsManagementRestricted is true
            ? new(Classification.Protected, "The user is in a restricted management administrative unit.")
            : null;

    public static FailedCheck? Guest(ClassificationCase c) =>
        string.Equals(c.User.UserType, "Guest", StringComparison.OrdinalIgnoreCase)
        || c.User.UserPrincipalName.Contains("#EXT#", StringComparison.OrdinalIgnoreCase)
        || c.User.ExternalUserState is not null
            ? new(Classification.Guest, "The user is external.")
            : null;

    public static FailedCheck? SyncAccount(ClassificationCase c) =>
        c.User.UserPrincipalName.StartsWith("Sync_", StringComparison.OrdinalIgnoreCase)
        || c.User.UserPrincipalName.StartsWith("ADToAADSyncServiceAccount", StringComparison.OrdinalIgnoreCase)
        || (c.TenantFacts.ActiveRoles.IsKnown
            && c.TenantFacts.ActiveRoles.Value.TryGetValue(c.User.Id, out var role)
            && role == WellKnownRoles.DirectorySynchronizationAccounts)
            ? new(Classification.SyncAccount, "This is an account of the directory synchronisation.")
            : null;

    public static FailedCheck? ResourceMailbox(ClassificationCase c) =>
        !c.UserFacts.MailboxPurpose.IsKnown
            ? Insufficient($"The mailbox's purpose could not be read: {c.UserFacts.MailboxPurpose.UnknownBecause}")
        : c.User.IsResourceAccount is true || c.UserFacts.MailboxPurpose.Value is not (null or "user")
            ? new(Classification.NeedsReview, $"This is a resource account or a {c.UserFacts.MailboxPurpose.Value ?? "resource"} mailbox: a person has to look.")
        : null;

    /// <summary>Taking over a user whose account has another mailbox leaves two, or blocks provisioning.</summary>
    public static FailedCheck? TwoMailboxes(ClassificationCase c) =>
        c is { Inventory: { IsKnown: true, Value.Partners: [{ Account.MailboxGuid: not null }] }, UserFacts.MailboxPurpose: { IsKnown: true, Value: not null } }
            ? new(Classification.NeedsReview, "The user has a cloud mailbox and the on-premises account has one of its own: a person has to look.")
            : null;

    /// <summary>Sources disagree whether such a user can be cleared and would then match, so it is never assumed.</summary>
    public static FailedCheck? PreviouslySynced(ClassificationCase c) =>
        c.User.OnPremisesSyncEnabled is false
            ? new(Classification.NeedsReview, "The user was synced, deleted and restored. Whether sync would match it after a clear is not certain.")
            : null;

    public static FailedCheck? PartnerMissing(ClassificationCase c) =>
        c.Inventory is { IsKnown: true, Value.Partners.Count: 0 }
            ? new(Classification.NoPartner, c.Inventory.Value.SecondaryAddressHolders is [var near, ..]
                ? $"No on-premises account has this UPN or primary address. {near.Name} has it as a secondary address only."
                : "No on-premises account has this UPN or primary address: after a clear nothing would match.")
            : null;

    public static FailedCheck? PartnerAmbiguous(ClassificationCase c) =>
        c.Inventory is { IsKnown: true, Value.Partners: [var first, var second, ..] }
            ? new(Classification.AmbiguousPartner, $"{first.Name} and {second.Name} could both be meant.")
            : null;

    /// <summary>An account that two users could match takes one of them, and the other would have lost its anchor for nothing.</summary>
    public static FailedCheck? PartnerShared(ClassificationCase c) =>
        c.Inventory is { IsKnown: true, Value: { Partners: [var partner, ..], Rivals: [var rival, ..] } }
            ? new(Classification.AmbiguousPartner, $"{partner.Name} could match the user {rival} as well.")
            : null;

    public static FailedCheck? DuplicateInQuarantine(ClassificationCase c)
    {
        if (!c.TenantFacts.Duplicates.IsKnown)
        {
            return Insufficient($"Users in quarantine could not be read: {c.TenantFacts.Duplicates.UnknownBecause}");
        }

        var duplicate = c.TenantFacts.Duplicates.Value.FirstOrDefault(d =>
            d.UserId != c.User.Id
            && (Same(d.ConflictingValue, c.User.UserPrincipalName)
                || Same(d.ConflictingValue, c.User.PrimarySmtpAddress)
                || c.User.ProxyAddresses.Any(a => Same(d.ConflictingValue, a[(a.IndexOf(':') + 1)..]))));

        return duplicate is null
            ? null
            : new(Classification.DuplicateInQuarantine,
                $"Sync has already made {duplicate.UserPrincipalName} because this user owns its address. Remove that duplicate for good first.");
    }

    /// <summary>With blockSoftMatchEnabled sync makes a duplicate instead of matching (Learn, sync service features).</summary>
    public static FailedCheck? SoftMatchBlocked(ClassificationCase c) =>
        !c.TenantFacts.Features.IsKnown
            ? Insufficient($"Whether soft match is blocked could not be read: {c.TenantFacts.Features.UnknownBecause}")
        : c.TenantFacts.Features.Value.SoftMatchBlocked
            ? Insufficient("Soft match is blocked in this tenant: sync would create a second user. Lift blockSoftMatchEnabled first.")
        : null;

    /// <summary>An on-premises account cannot have an onmicrosoft.com name, so only the address could match.</summary>
    public static FailedCheck? CloudOnlyDomain(ClassificationCase c) =>
        c.User.UpnDomain.EndsWith(".onmicrosoft.com", StringComparison.OrdinalIgnoreCase)
            ? new(Classification.NeedsReview, "The user signs in with an onmicrosoft.com name, which a match would replace: a person has to look.")
            : null;

    /// <summary>Changing a mapped object identifier raises AttributeUpdateNotAllowed since July 2026; unproven for soft match.</summary>
    public static FailedCheck? ForeignObjectIdentifier(ClassificationCase c) =>
        c.User.OnPremises.ObjectIdentifier is { } identifier
        && c.Inventory is { IsKnown: true, Value.Partners: [var partner] }
        && !(Guid.TryParse(identifier, out var id) && id == partner.Account.ObjectGuid)
            ? Insufficient("The user carries the object identifier of another account. Whether sync may overwrite it is not certain.")
            : null;

    /// <summary>Without it nothing could tell the right match from a wrong one.</summary>
    public static FailedCheck? ExpectedAnchorUnknown(ClassificationCase c) =>
        c.Inventory is { IsKnown: true, Value.Partners: [var partner] }
        && partner.Account.ExpectedAnchor(c.Tenant.AnchorAttribute) is null
            ? Insufficient($"The inventory of {partner.Collector} does not list the custom anchor of {partner.Name}.")
            : null;

    private static FailedCheck? Role(
        ClassificationCase c, Reading<IReadOnlyDictionary<Guid, string>> roles, string what, string does) =>
        !roles.IsKnown ? Insufficient($"{what} could not be read: {roles.UnknownBecause}")
        : roles.Value.ContainsKey(c.User.Id) ? new(Classification.Privileged, $"The user {does}.")
        : null;

    private static FailedCheck Insufficient(string reason) => new(Classification.EvidenceInsufficient, reason);

    private static bool Same(string? one, string? other) =>
        one is not null && string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
