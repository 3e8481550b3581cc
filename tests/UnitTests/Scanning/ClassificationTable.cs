using Reanchor.Scanning;
using static Reanchor.UnitTests.Scanning.CaseFacts;
using static Reanchor.UnitTests.Scanning.UnreadFacts;
using Class = Reanchor.Scanning.Classification;
using Is = Reanchor.Scanning.Prediction;

namespace Reanchor.UnitTests.Scanning;

/// <summary>
/// The specification of the classifier, one user a row. Every user is Ann, a perfect candidate, but for the facts of its row.
/// docs/classification.md is printed from this.
/// </summary>
internal static class ClassificationTable
{
    private const string NameChanges = "The sign-in name changes to ann@corp.example.";
    private const string Identifier = "The user carries onPremisesObjectIdentifier, which cannot be written back";
    private const string NotCertain = "The user was synced, deleted and restored. Microsoft's pages and its support disagree";
    private const string AddressesLost = "2 secondary addresses of the cloud user will be lost, because AD does not list them: al@corp.example, lee@corp.example.";
    private const string GetsMailbox = "The on-premises account has a mailbox, which becomes the user's.";

    public static IReadOnlyList<ClassificationRow> Rows { get; } =
    [
        new([], Class.Candidate, Is.SoftMatch, []),
        new([SameNameInAnotherCase], Class.Candidate, Is.SoftMatch, []),
        new([NoUserType], Class.Candidate, Is.SoftMatch, []),
        new([NoMailbox], Class.Candidate, Is.SoftMatch, []),
        new([AnchorFromObjectGuid], Class.Candidate, Is.SoftMatch, []),
        new([AccountHasConsistencyGuid], Class.Candidate, Is.SoftMatch, []),
        new([InQuarantineItself], Class.Candidate, Is.SoftMatch, []),
        new([PolicyAllowsNoPartner], Class.Candidate, Is.SoftMatch, []),
        new([AccountDisabled], Class.Candidate, Is.SoftMatch, [], "The on-premises account is disabled: after the match the user can no longer sign in."),
        new([AccountStateUnlisted], Class.Candidate, Is.SoftMatch, [], "The inventory does not say whether the on-premises account is enabled."),
        new([UserBlocked], Class.Candidate, Is.SoftMatch, [], "The cloud user is blocked from signing in and the on-premises account is enabled"),
        new([UserBlocked, AccountDisabled], Class.Candidate, Is.SoftMatch, [], "The on-premises account is disabled"),
        new([AccountHasAnotherName], Class.Candidate, Is.SoftMatch, [], "The sign-in name changes to ann.lee@corp.example."),
        new([AccountHasNoName], Class.Candidate, Is.SoftMatch, [], "The on-premises account has no user principal name"),
        new([AccountHasNoAddress], Class.Candidate, Is.SoftMatch, [], "The on-premises account has no mail address: the user may lose ann@corp.example."),
        new([NameMatchOff], Class.Candidate, Is.SoftMatch, []),
        new([AccountHasAnotherAddress], Class.Candidate, Is.SoftMatch, [], "The primary address changes from ann@corp.example to a.lee@corp.example."),
        new([AccountHasAnotherMail], Class.Candidate, Is.SoftMatch, [], "The mail attribute changes to info@corp.example."),
        new([CloudOnlyAddresses], Class.Candidate, Is.SoftMatch, [], AddressesLost),
        new([SecondaryAddressElsewhere], Class.Candidate, Is.SoftMatch, [], "al (corp) has the user's name or address as a secondary address"),
        new([PartnersObjectIdentifier], Class.Candidate, Is.SoftMatch, [], Identifier),
        new([DeletedAccountsUnread], Class.Candidate, Is.SoftMatch, [], "Deleted accounts of the forest corp.example could not be read"),
        new([NoMailbox, AccountHasMailbox], Class.Candidate, Is.SoftMatch, [], GetsMailbox),
        new([NoMailbox, MailboxesUnlisted], Class.Candidate, Is.SoftMatch, []),
        new([Restored, PolicyIncludesPreviouslySynced], Class.Candidate, Is.Unknown, [], NotCertain),
        new([ForeignObjectIdentifier, PolicyIncludesForeignIdentifiers], Class.Candidate, Is.Unknown, [], Identifier, "It is cccccccc-0000-4000-8000-000000000002, not the objectGUID"),
        new([NoPartner, PolicyAllowsNoPartner], Class.Candidate, Is.Unknown, [], "No on-premises account would match: after the clear the user stays cloud-only"),

        new([Synced], Class.StillSynced, Is.Unknown, ["stillSynced"]),
        new([Synced, ActiveRole, GuestType], Class.StillSynced, Is.Unknown, ["stillSynced", "activeRole", "guest"]),

        new([AnchorHeld], Class.AnchorInUse, Is.Unknown, ["anchorInUse"]),
        new([AnchorHeld, DeletedAccountsUnread], Class.AnchorInUse, Is.Unknown, ["anchorInUse"]),
        new([AnchorHeldInBin], Class.AnchorInUse, Is.Unknown, ["anchorInUse"]),
        new([AnchorHeldByDeletedUser], Class.AnchorInUse, Is.Unknown, ["softDeletedHolder"]),
        new([AnchorHeld, NoPartner], Class.AnchorInUse, Is.Unknown, ["anchorInUse", "partnerMissing"]),
        new([EmployeeNumber, AnchorHeld], Class.AnchorInUse, Is.Unknown, ["anchorInUse", "foreignAnchor"]),

        new([AccountDrifted], Class.AnchorDrifted, Is.Unknown, ["anchorDrifted"]),
        new([AccountDrifted, ActiveRole], Class.AnchorDrifted, Is.Unknown, ["anchorDrifted", "activeRole"]),

        new([EmployeeNumber], Class.ForeignAnchor, Is.Unknown, ["foreignAnchor"]),
        new([HexAnchor], Class.ForeignAnchor, Is.Unknown, ["foreignAnchor"]),
        new([ShortAnchor], Class.ForeignAnchor, Is.Unknown, ["foreignAnchor"]),
        new([StrayBitsAnchor], Class.ForeignAnchor, Is.Unknown, ["foreignAnchor"]),
        new([OktaAnchor, FederatedName], Class.ForeignAnchor, Is.Unknown, ["foreignAnchor", "federatedDomain"], NameChanges),

        new([FederatedName], Class.FederatedDomain, Is.Unknown, ["federatedDomain"], NameChanges),
        new([FederatedName, SharedMailbox], Class.FederatedDomain, Is.Unknown, ["federatedDomain", "resourceMailbox"], NameChanges),

        new([CloudManaged], Class.CloudManaged, Is.Unknown, ["cloudManaged"]),
        new([CloudManaged, WasCloudManaged], Class.CloudManaged, Is.Unknown, ["cloudManaged"]),
        new([WasCloudManaged], Class.AuthorityReverted, Is.Unknown, ["authorityReverted"]),

        new([GivenBackToAd], Class.AuthorityReverted, Is.Unknown, ["givenBackToAd"]),
        new([WasCloudManaged, GivenBackToAd], Class.AuthorityReverted, Is.Unknown, ["authorityReverted", "givenBackToAd"]),

        new([ActiveRole], Class.Privileged, Is.Refused, ["activeRole"]),
        new([EligibleRole], Class.Privileged, Is.Refused, ["eligibleRole"]),
        new([RoleAssignableGroup], Class.Privileged, Is.Refused, ["roleAssignableGroup"]),
        new([EligibleForGroup], Class.Privileged, Is.Refused, ["eligibleForGroup"]),
        new([SyncRole], Class.Privileged, Is.Refused, ["activeRole", "syncAccount"]),
        new([ActiveRole, EligibleRole, RoleAssignableGroup], Class.Privileged, Is.Refused, ["activeRole", "eligibleRole", "roleAssignableGroup"]),

        new([PolicyProtects], Class.Protected, Is.Unknown, ["protectedUser"]),
        new([InProtectedGroup], Class.Protected, Is.Unknown, ["protectedGroup"]),
        new([Excepted], Class.Protected, Is.Unknown, ["exceptedUser"]),
        new([RestrictedUnit], Class.Protected, Is.Unknown, ["restrictedUnit"]),

        new([GuestType], Class.Guest, Is.Unknown, ["guest"]),
        new([GuestName], Class.Guest, Is.Unknown, ["guest"], NameChanges),
        new([Invited], Class.Guest, Is.Unknown, ["guest"]),

        new([ConnectSyncName], Class.SyncAccount, Is.Unknown, ["syncAccount"], NameChanges),
        new([CloudSyncName], Class.SyncAccount, Is.Unknown, ["syncAccount"], NameChanges),

        new([ResourceAccount], Class.NeedsReview, Is.Unknown, ["resourceMailbox"]),
        new([SharedMailbox], Class.NeedsReview, Is.Unknown, ["resourceMailbox"]),
        new([RoomMailbox], Class.NeedsReview, Is.Unknown, ["resourceMailbox"]),
        new([EquipmentMailbox], Class.NeedsReview, Is.Unknown, ["resourceMailbox"]),
        new([NewMailboxPurpose], Class.NeedsReview, Is.Unknown, ["resourceMailbox"]),
        new([AccountHasMailbox], Class.NeedsReview, Is.Unknown, ["twoMailboxes"], GetsMailbox),
        new([Restored], Class.NeedsReview, Is.Unknown, ["previouslySynced"], NotCertain),
        new([CloudOnlyName], Class.NeedsReview, Is.Unknown, ["cloudOnlyName"], NameChanges),

        new([NoPartner], Class.NoPartner, Is.Unknown, ["partnerMissing"]),
        new([NoPartner, SecondaryAddressElsewhere], Class.NoPartner, Is.Unknown, ["partnerMissing"]),
        new([NoPartner, SecondaryAddressElsewhere, PolicyAllowsNoPartner], Class.NoPartner, Is.Unknown, ["partnerMissing"]),
        new([NoPartner, SoftMatchBlocked], Class.NoPartner, Is.Duplicate, ["partnerMissing", "softMatchBlocked"]),

        new([AccountHasNoAddress, NameMatchOff], Class.NoPartner, Is.Unknown, ["nameNotMatched"], "The on-premises account has no mail address: the user may lose ann@corp.example."),

        new([SecondPartner], Class.AmbiguousPartner, Is.Unknown, ["partnerAmbiguous"]),
        new([PartnerTaken], Class.AmbiguousPartner, Is.Unknown, ["partnerTaken"]),
        new([PartnerShared], Class.AmbiguousPartner, Is.Unknown, ["partnerShared"]),

        new([DuplicateOfName], Class.DuplicateInQuarantine, Is.Refused, ["duplicateInQuarantine"]),
        new([DuplicateOfSecondary], Class.DuplicateInQuarantine, Is.Refused, ["duplicateInQuarantine"], AddressesLost),
        new([DuplicateHoldsAnchor], Class.DuplicateInQuarantine, Is.Refused, ["partnerTaken"]),

        new([SoftMatchBlocked], Class.EvidenceInsufficient, Is.Duplicate, ["softMatchBlocked"]),
        new([MailboxesUnlisted], Class.EvidenceInsufficient, Is.Unknown, ["twoMailboxes"]),
        new([AccountHasNoAddress, NameMatchUnlisted], Class.EvidenceInsufficient, Is.Unknown, ["nameNotMatched"], "The on-premises account has no mail address: the user may lose ann@corp.example."),
        new([UnlistedDomain], Class.EvidenceInsufficient, Is.Unknown, ["federatedDomain"], NameChanges),
        new([ForeignObjectIdentifier], Class.EvidenceInsufficient, Is.Unknown, ["foreignObjectIdentifier"], Identifier),
        new([OddObjectIdentifier], Class.EvidenceInsufficient, Is.Unknown, ["foreignObjectIdentifier"], Identifier),
        new([NoPartner, PolicyAllowsNoPartner, ForeignObjectIdentifier], Class.EvidenceInsufficient, Is.Unknown, ["foreignObjectIdentifier"], "No on-premises account would match: after the clear the user stays cloud-only", Identifier),
        new([CustomAnchorUnlisted], Class.EvidenceInsufficient, Is.Unknown, ["expectedAnchorUnknown"]),
        new([Unread(nameof(ClassificationCase.Inventory))], Class.EvidenceInsufficient, Is.Unknown, ["anchorInUse"]),
        new([Unread(nameof(TenantFacts.SoftDeletedHolders))], Class.EvidenceInsufficient, Is.Unknown, ["softDeletedHolder"]),
        new([Unread(nameof(TenantFacts.FederatedByDomain))], Class.EvidenceInsufficient, Is.Unknown, ["federatedDomain"]),
        new([Unread(nameof(TenantFacts.GivenBackToAd))], Class.EvidenceInsufficient, Is.Unknown, ["givenBackToAd"]),
        new([Unread(nameof(TenantFacts.EligibleGroupPrincipals))], Class.EvidenceInsufficient, Is.Unknown, ["eligibleForGroup"]),
        new([Unread(nameof(TenantFacts.ProtectedGroupMembers))], Class.EvidenceInsufficient, Is.Unknown, ["protectedGroup"]),
        new([Unread(nameof(TenantFacts.ActiveRoles))], Class.EvidenceInsufficient, Is.Unknown, ["activeRole"]),
        new([Unread(nameof(TenantFacts.EligibleRoles))], Class.EvidenceInsufficient, Is.Unknown, ["eligibleRole"]),
        new([Unread(nameof(TenantFacts.RoleAssignableGroupPrincipals))], Class.EvidenceInsufficient, Is.Unknown, ["roleAssignableGroup"]),
        new([Unread(nameof(TenantFacts.Duplicates))], Class.EvidenceInsufficient, Is.Unknown, ["duplicateInQuarantine"]),
        new([Unread(nameof(TenantFacts.Features))], Class.EvidenceInsufficient, Is.Unknown, ["softMatchBlocked"]),
        new([Unread(nameof(UserFacts.IsCloudManaged))], Class.EvidenceInsufficient, Is.Unknown, ["cloudManaged"]),
        new([Unread(nameof(UserFacts.MailboxPurpose))], Class.EvidenceInsufficient, Is.Unknown, ["resourceMailbox"]),
        new([Unread(nameof(PartnerClaims.AnchorHolders))], Class.EvidenceInsufficient, Is.Unknown, ["partnerTaken"]),
        new([Unread(nameof(PartnerClaims.NameHolders))], Class.EvidenceInsufficient, Is.Unknown, ["partnerShared"]),
        new([Unread(nameof(TenantFacts.ActiveRoles)), GuestType], Class.Guest, Is.Unknown, ["guest", "activeRole"]),
    ];
}
