namespace Reanchor.Scanning.Rules;

/// <summary>
/// Every rule, in the order in which a person would look. All are asked, whatever the first ones say; the class of a user is the first
/// one in the order of <see cref="Classification"/> that any rule names.
/// </summary>
public static class ClassificationRules
{
    public static IReadOnlyList<ClassificationRule> InOrder { get; } =
    [
        new("stillSynced", AnchorRules.StillSynced),
        new("anchorInUse", AnchorRules.AnchorInUse),
        new("softDeletedHolder", AnchorRules.SoftDeletedHolder),
        new("anchorDrifted", AnchorRules.AnchorDrifted),
        new("foreignAnchor", AnchorRules.ForeignAnchor),
        new("federatedDomain", SignInRules.FederatedDomain),
        new("cloudManaged", AuthorityRules.CloudManaged),
        new("authorityReverted", AuthorityRules.AuthorityReverted),
        new("givenBackToAd", AuthorityRules.GivenBackToAd),
        new("activeRole", PrivilegeRules.ActiveRole),
        new("eligibleRole", PrivilegeRules.EligibleRole),
        new("roleAssignableGroup", PrivilegeRules.RoleAssignableGroup),
        new("eligibleForGroup", PrivilegeRules.EligibleForGroup),
        new("protectedUser", ProtectionRules.ProtectedUser),
        new("protectedGroup", ProtectionRules.ProtectedGroup),
        new("exceptedUser", ProtectionRules.ExceptedUser),
        new("restrictedUnit", ProtectionRules.RestrictedUnit),
        new("guest", AccountRules.Guest),
        new("syncAccount", AccountRules.SyncAccount),
        new("resourceMailbox", MailboxRules.ResourceMailbox),
        new("twoMailboxes", MailboxRules.TwoMailboxes),
        new("previouslySynced", AuthorityRules.PreviouslySynced),
        new("cloudOnlyName", SignInRules.CloudOnlyName),
        new("partnerMissing", PartnerRules.PartnerMissing),
        new("partnerAmbiguous", PartnerRules.PartnerAmbiguous),
        new("nameNotMatched", PartnerRules.NameNotMatched),
        new("partnerTaken", PartnerRules.PartnerTaken),
        new("partnerShared", PartnerRules.PartnerShared),
        new("duplicateInQuarantine", SyncRules.DuplicateInQuarantine),
        new("softMatchBlocked", SyncRules.SoftMatchBlocked),
        new("foreignObjectIdentifier", PartnerRules.ForeignObjectIdentifier),
        new("expectedAnchorUnknown", PartnerRules.ExpectedAnchorUnknown),
    ];
}
