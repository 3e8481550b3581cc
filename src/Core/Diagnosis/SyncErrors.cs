using Reanchor.Scanning;
using Reanchor.Scanning.Rules;

namespace Reanchor.Diagnosis;

/// <summary>
/// The errors that end up with whoever looks after the sync (Microsoft Learn, "Troubleshoot errors during synchronization",
/// "Duplicate attribute resiliency", "When you already have Microsoft Entra ID"; docs/diagnosis.md lists the same).
/// </summary>
internal static class SyncErrors
{
    private static readonly string[] Privileges = ["activeRole", "eligibleRole", "roleAssignableGroup", "eligibleForGroup"];

    public static IReadOnlyList<SyncError> All { get; } =
    [
        new(
            "AttributeValueMustBeUnique",
            "An AD account has a name or address that a cloud object has already, and sync could not match the two.",
            "Find the two objects. If they are the same person, remove what keeps them from matching: usually a leftover ImmutableID. If not, take the value away from one.",
            [DiagnosisChecks.LeftoverAnchor, "anchorInUse", "anchorDrifted", "partnerTaken", DiagnosisChecks.AddressOwner],
            c => Or(AnchorBlocksSoftMatch(c), AnotherUserHasTheName(c))),
        new(
            "InvalidSoftMatch",
            "Sync found a cloud object with the same name or address, but that object carries the ImmutableID of another AD account.",
            "If it is the same person and the other account is gone, clear the ImmutableID. If not, one of the two has to give up the value.",
            [DiagnosisChecks.LeftoverAnchor, "anchorInUse", "anchorDrifted", "partnerMissing", "partnerAmbiguous"],
            AnchorBlocksSoftMatch),
        new(
            "InvalidHardMatch",
            "A cloud object has the ImmutableID of the AD account, but the tenant blocks the takeover of cloud objects, or the user may hold an admin role.",
            "Lift blockCloudObjectTakeoverThroughHardMatchEnabled while the sync runs, or remove the role or the eligibility, and sync again.",
            ["anchorInUse", .. Privileges],
            HardMatchBlocked),
        new(
            "AttributeUpdateNotAllowed",
            "Entra blocked a hard match because the user carries the object identifier of another AD account.",
            "Make sure that the AD account is the right one, have onPremisesObjectIdentifier cleared, and sync again. It cannot be put back.",
            ["foreignObjectIdentifier", "anchorInUse"],
            ForeignObjectIdentifier),
        new(
            "ObjectTypeMismatch",
            "A group or a contact has the address of the AD account.",
            "Take the address away from the object that shall not have it, where that object is managed, and sync again.",
            [DiagnosisChecks.AddressOwner],
            c => Any(c.Owners.Groups, c.Owners.Contacts)),
        new(
            "QuarantinedAttributeValueMustBeUnique",
            "The same conflict as AttributeValueMustBeUnique, but sync has made a second cloud user and put the value aside.",
            "Delete the second user, also from the deleted users, remove what keeps the two from matching, and sync again.",
            ["duplicateInQuarantine", "softMatchBlocked", DiagnosisChecks.LeftoverAnchor],
            Quarantined),
        new(
            "ExistingAdminRoleConflict",
            "The AD account has the name of a cloud user with an admin role. Sync never takes over such a user by name.",
            "Remove the roles, delete a second user in quarantine for good, sync, and give the roles back. Better: keep admins in the cloud.",
            Privileges,
            c => !c.User.IsSynced && c.Account is not null ? Failed(c, Privileges) : false),
        new(
            "FederatedDomainChangeError",
            "The UPN of a synced user was moved in AD from one federated domain to another, which sync cannot follow.",
            "Change the UPN of the cloud user by hand, by way of a managed domain, and sync again.",
            ["stillSynced", "federatedDomain"],
            FederatedDomainChanged),
        new(
            "DeletingCloudOnlyObjectNotAllowed",
            "Error 114: sync wants to delete a user that is no longer its own, because it was restored from the deleted users meanwhile.",
            "Delete the user in Entra, run a delta sync, restore the user, and run a delta sync again.",
            ["previouslySynced", "stillSynced"],
            c => c.User.OnPremisesSyncEnabled is false),
    ];

    /// <summary>By its name, whatever its case; <c>Existing Admin Role Conflict</c> is written with spaces at times.</summary>
    public static SyncError? Find(string name) => All.FirstOrDefault(
        error => error.Name.Equals(name.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));

    private static bool? AnchorBlocksSoftMatch(DiagnosisCase c) =>
        c.User.IsSynced || c.User.Anchor is null ? false
        : !c.Subject.Inventory.IsKnown ? null
        : c.Subject.Inventory.Value is { Partners: [_, ..] } evidence && !evidence.Partners.Any(partner => evidence.AnchorHolders.Contains(partner));

    private static bool? AnotherUserHasTheName(DiagnosisCase c) =>
        c.Owners.Users is { IsKnown: true } owners ? owners.Value.Any(owner => owner.Id != c.User.Id) : null;

    private static bool? HardMatchBlocked(DiagnosisCase c) =>
        c.User.IsSynced || c.User.Anchor is null ? false
        : !c.Subject.Inventory.IsKnown ? null
        : !c.Subject.Inventory.Value.AnchorHolders.Any(holder => !holder.Account.Deleted) ? false
        : Or(
            c.Subject.TenantFacts.Features is { IsKnown: true } features ? features.Value.HardMatchTakeoverBlocked : null,
            Failed(c, Privileges));

    private static bool? ForeignObjectIdentifier(DiagnosisCase c) =>
        c.User.IsSynced || c.User.OnPremises.ObjectIdentifier is null ? false
        : !c.Subject.Inventory.IsKnown ? null
        : (c.Subject.Inventory.Value.AnchorHolders is [var holder, ..] ? holder : c.Account) is { } account
            && c.User.OnPremises.IdentifyAnotherThan(account.Account.ObjectGuid);

    private static bool? Quarantined(DiagnosisCase c) =>
        c.OwnQuarantine is not null ? true
        : c.User.IsSynced ? false
        : Or(Failed(c, "duplicateInQuarantine"), c.Account is null ? false : Failed(c, "softMatchBlocked"));

    private static bool? FederatedDomainChanged(DiagnosisCase c) =>
        !c.User.IsSynced ? false
        : c.Subject.Inventory is not { IsKnown: true } inventory || !c.Subject.TenantFacts.FederatedByDomain.IsKnown ? null
        : inventory.Value.AnchorHolders is [{ Account.UserPrincipalName: { } upn }, ..]
            && DomainOf(upn) != DomainOf(c.User.UserPrincipalName) && IsFederated(c, upn) && IsFederated(c, c.User.UserPrincipalName);

    private static bool IsFederated(DiagnosisCase c, string upn) =>
        c.Subject.TenantFacts.FederatedByDomain.Value.GetValueOrDefault(DomainOf(upn));

    private static string DomainOf(string upn) => upn[(upn.LastIndexOf('@') + 1)..].ToLowerInvariant();

    private static bool? Failed(DiagnosisCase c, params IReadOnlyList<string> rules) => Or(
        [
            .. ClassificationRules.InOrder.Where(rule => rules.Contains(rule.Name)).Select(rule => rule.Judge(c.Subject).Outcome switch
            {
                RuleOutcome.Pass => false,
                RuleOutcome.Fail => true,
                _ => (bool?)null,
            }),
        ]);

    private static bool? Any(params IReadOnlyList<Reading<IReadOnlyList<AddressOwner>>> owners) =>
        Or([.. owners.Select(reading => reading.IsKnown ? reading.Value.Count > 0 : (bool?)null)]);

    private static bool? Or(params IReadOnlyList<bool?> parts) => parts.Contains(true) ? true : parts.Contains(null) ? null : false;
}
