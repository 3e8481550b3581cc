using Reanchor.Anchors;
using Reanchor.Contracts;
using Reanchor.Inventories;
using Reanchor.Scanning;
using Reanchor.Tenants;
using static Reanchor.UnitTests.Scanning.CaseFact;

namespace Reanchor.UnitTests.Scanning;

/// <summary>The words that the table of classifications is written in.</summary>
internal static class CaseFacts
{
    private static readonly Guid Someone = Guid.Parse("cccccccc-0000-4000-8000-000000000002");

    private static readonly DirectoryAccount Al = new()
    {
        ObjectGuid = Guid.Parse("dddddddd-0000-4000-8000-000000000003"),
        SamAccountName = "al",
        Enabled = true,
        MailboxListed = true,
    };

    /// <summary>Ann, a perfect candidate.</summary>
    public static ClassificationCase Ann { get; } = new()
    {
        Tenant = Samples.NewTenant(),
        User = Samples.Ann,
        TenantFacts = Samples.Facts,
        UserFacts = Samples.UserFacts,
        Inventory = Reading.Known(new InventoryEvidence { Partners = [Listed(Samples.AnnsAccount)] }),
        Claims = PartnerClaims.None,
    };

    // Harmless, or worth a warning.
    public static CaseFact SameNameInAnotherCase { get; } = OfUser("AD writes the user's name in lower case, Entra in upper case", u => u with { UserPrincipalName = "ANN@CORP.EXAMPLE" });
    public static CaseFact NoUserType { get; } = OfUser("an old user without a user type", u => u with { UserType = null });
    public static CaseFact NoMailbox { get; } = OfReads("no cloud mailbox", f => f with { MailboxPurpose = Reading.Known<string?>(null) });
    public static CaseFact UserBlocked { get; } = OfUser("blocked from signing in", u => u with { AccountEnabled = false });
    public static CaseFact AccountHasNoAddress { get; } = OfPartner("the account has no mail address", a => a with { Mail = null, ProxyAddresses = [] });
    public static CaseFact AccountHasAnotherAddress { get; } = OfPartner("the account has another primary address", a => a with { Mail = "a.lee@corp.example", ProxyAddresses = ["SMTP:a.lee@corp.example", "smtp:ann@corp.example"] });
    public static CaseFact AccountHasAnotherMail { get; } = OfPartner("the account's mail attribute is not its primary address", a => a with { Mail = "info@corp.example" });
    public static CaseFact AccountHasAnotherName { get; } = OfPartner("the account has another user principal name", a => a with { UserPrincipalName = "ann.lee@corp.example" });
    public static CaseFact AccountHasNoName { get; } = OfPartner("the account has no user principal name", a => a with { UserPrincipalName = null });
    public static CaseFact AccountDisabled { get; } = OfPartner("the account is disabled", a => a with { Enabled = false });
    public static CaseFact AccountStateUnlisted { get; } = OfPartner("the inventory does not list whether accounts are enabled", a => a with { Enabled = null });
    public static CaseFact AccountHasConsistencyGuid { get; } = OfPartner("the account has a mS-DS-ConsistencyGuid", a => a with { ConsistencyGuid = Guid.Parse("e2578517-1d3c-4a6f-9f2b-0c5d1e2f3a4b") });
    public static CaseFact AccountHasMailbox { get; } = OfPartner("the account has an on-premises mailbox", a => a with { MailboxGuid = Guid.Parse("bbbbbbbb-0000-4000-8000-000000000009") });
    public static CaseFact MailboxesUnlisted { get; } = OfPartner("the inventory does not list mailboxes", a => a with { MailboxListed = false, MailboxGuid = null });
    public static CaseFact CloudOnlyAddresses { get; } = OfUser("two secondary addresses that AD does not list", u => u with { ProxyAddresses = [.. u.ProxyAddresses, "smtp:al@corp.example", "smtp:lee@corp.example"] });
    public static CaseFact PartnersObjectIdentifier { get; } = OfUser("carries the object identifier of that very account", u => u with { OnPremises = u.OnPremises with { ObjectIdentifier = Samples.AnnsAccount.ObjectGuid.ToString() } });
    public static CaseFact SecondaryAddressElsewhere { get; } = OfInventory("another account has the user's name as a secondary address", e => e with { SecondaryAddressHolders = [.. e.SecondaryAddressHolders, Listed(Al)] });
    public static CaseFact DeletedAccountsUnread { get; } = OfInventory("deleted accounts of the forest could not be read", e => e with { Doubts = ["Deleted accounts of the forest corp.example could not be read: one that could be restored may hold this anchor."] });
    public static CaseFact AnchorFromObjectGuid { get; } = new("the tenant makes anchors from objectGUID", c => c with { Tenant = c.Tenant with { AnchorAttribute = AnchorAttribute.ObjectGuid } });
    public static CaseFact PolicyIncludesPreviouslySynced { get; } = OfPolicy("the policy includes users that were synced before", p => p with { IncludePreviouslySynced = true });
    public static CaseFact PolicyIncludesForeignIdentifiers { get; } = OfPolicy("the policy includes users with a foreign object identifier", p => p with { IncludeForeignObjectIdentifier = true });
    public static CaseFact PolicyAllowsNoPartner { get; } = OfPolicy("the policy proposes users without a partner", p => p with { ProposeWithoutPartner = true });
    public static CaseFact InQuarantineItself { get; } = OfTenant("is itself listed as in quarantine", f => f with { Duplicates = Reading.Known<IReadOnlyList<QuarantinedDuplicate>>([new(Samples.Ann.Id, "ann@corp.example", "ann@corp.example")]) });

    // The anchor.
    public static CaseFact Synced { get; } = OfUser("synced again since the query", u => u with { OnPremisesSyncEnabled = true });
    public static CaseFact AnchorHeld { get; } = OfInventory("an account in AD holds the anchor", e => e with { AnchorHolders = [.. e.AnchorHolders, Listed(Al)] });
    public static CaseFact AnchorHeldInBin { get; } = OfInventory("an account in the AD Recycle Bin holds the anchor", e => e with { AnchorHolders = [.. e.AnchorHolders, Listed(Al with { Deleted = true })] });
    public static CaseFact AnchorHeldByDeletedUser { get; } = OfTenant("a deleted cloud user holds the anchor", f => f with { SoftDeletedHolders = Reading.Known(new[] { Someone }.ToLookup(_ => Samples.OldAnchor)) });
    public static CaseFact AccountDrifted { get; } = OfInventory("AD has an account with the user's old SID under another anchor", e => e with { DriftedAccounts = [.. e.DriftedAccounts, Listed(Al)] });
    public static CaseFact EmployeeNumber { get; } = Anchor("the anchor is an employee number", "E1001");
    public static CaseFact HexAnchor { get; } = Anchor("the anchor is written in hexadecimal digits", "ff19966f868b11d0b42d00c04fc964ff");
    public static CaseFact ShortAnchor { get; } = Anchor("the anchor is the Base64 of 15 bytes", Convert.ToBase64String(new byte[15]));
    public static CaseFact StrayBitsAnchor { get; } = Anchor("the anchor is a GUID in Base64 with stray bits at its end", "/xmWb4aLEdC0LQDAT8lk/x==");
    public static CaseFact OktaAnchor { get; } = Anchor("the anchor is another identity provider's key", "00u1f9xk2mQ7vB4zL5d7");

    // The sign-in.
    public static CaseFact FederatedName { get; } = OfUser("signs in through a federated domain", u => u with { UserPrincipalName = "ann@FED.example" });
    public static CaseFact UnlistedDomain { get; } = OfUser("signs in with a domain that the tenant does not list", u => u with { UserPrincipalName = "ann@elsewhere.example" });
    public static CaseFact CloudOnlyName { get; } = OfUser("signs in with an onmicrosoft.com name", u => u with { UserPrincipalName = "ann@corp.onmicrosoft.com" });

    // Authority.
    public static CaseFact CloudManaged { get; } = OfReads("source of authority was moved to the cloud", f => f with { IsCloudManaged = Reading.Known(true) });
    public static CaseFact WasCloudManaged { get; } = new("an earlier scan saw the user cloud-managed", c => c with { WasCloudManaged = true });
    public static CaseFact Restored { get; } = OfUser("was synced, deleted and restored", u => u with { OnPremisesSyncEnabled = false });

    public static CaseFact GivenBackToAd { get; } = OfTenant("the audit log says that the user was given back to AD", f => f with { GivenBackToAd = OnlyAnn });

    // Privilege and protection.
    public static CaseFact ActiveRole { get; } = OfTenant("holds a directory role", f => f with { ActiveRoles = Role("62e90394-69f5-4237-9190-012177145e10") });
    public static CaseFact EligibleRole { get; } = OfTenant("is eligible for a directory role", f => f with { EligibleRoles = Role("62e90394-69f5-4237-9190-012177145e10") });
    public static CaseFact SyncRole { get; } = OfTenant("holds the role of directory synchronisation accounts", f => f with { ActiveRoles = Role(WellKnownRoles.DirectorySynchronizationAccounts) });
    public static CaseFact RoleAssignableGroup { get; } = OfTenant("is a member or owner of a role-assignable group", f => f with { RoleAssignableGroupPrincipals = OnlyAnn });
    public static CaseFact EligibleForGroup { get; } = OfTenant("may join a role-assignable group", f => f with { EligibleGroupPrincipals = OnlyAnn });
    public static CaseFact InProtectedGroup { get; } = OfTenant("is in a group that the policy protects", f => f with { ProtectedGroupMembers = OnlyAnn });
    public static CaseFact PolicyProtects { get; } = OfPolicy("the policy protects the user", p => p with { ProtectedUserIds = [Samples.Ann.Id] });
    public static CaseFact Excepted { get; } = new("has an exception in force", c => c with { Exception = Samples.NewException(c.Tenant.Id) });
    public static CaseFact RestrictedUnit { get; } = OfUser("is in a restricted management administrative unit", u => u with { IsManagementRestricted = true });

    // No person of the company.
    public static CaseFact GuestType { get; } = OfUser("is a guest", u => u with { UserType = "guest" });
    public static CaseFact GuestName { get; } = OfUser("has a guest's name", u => u with { UserPrincipalName = "ann_fabrikam.com#ext#@corp.example" });
    public static CaseFact Invited { get; } = OfUser("was invited from another tenant", u => u with { ExternalUserState = "PendingAcceptance" });
    public static CaseFact ConnectSyncName { get; } = OfUser("is called like Connect Sync's account", u => u with { UserPrincipalName = "sync_SRV1_0a1b2c3d@corp.example" });
    public static CaseFact CloudSyncName { get; } = OfUser("is called like Cloud Sync's account", u => u with { UserPrincipalName = "ADToAADSyncServiceAccount@corp.example" });
    public static CaseFact ResourceAccount { get; } = OfUser("is a resource account", u => u with { IsResourceAccount = true });
    public static CaseFact SharedMailbox { get; } = Purpose("has a shared mailbox", "shared");
    public static CaseFact RoomMailbox { get; } = Purpose("has a room's mailbox", "room");
    public static CaseFact EquipmentMailbox { get; } = Purpose("has an equipment mailbox", "equipment");
    public static CaseFact NewMailboxPurpose { get; } = Purpose("has a mailbox of a kind that Reanchor does not know", "unknownFutureValue");

    // The partner.
    public static CaseFact NoPartner { get; } = OfInventory("no account in AD has the user's name or address", e => e with { Partners = [] });
    public static CaseFact SecondPartner { get; } = OfInventory("a second account has the user's address", e => e with { Partners = [.. e.Partners, Listed(Al), Listed(Al with { ObjectGuid = Someone })] });
    public static CaseFact PartnerTaken { get; } = OfClaims("another user holds the account's anchor already", c => c with { AnchorHolders = Reading.Known<IReadOnlyList<Guid>>([Someone]) });
    public static CaseFact PartnerShared { get; } = OfClaims("another user has the account's other name", c => c with { NameHolders = Reading.Known<IReadOnlyList<Guid>>([Samples.Ann.Id, Someone]) });
    public static CaseFact ForeignObjectIdentifier { get; } = OfUser("carries the object identifier of another account", u => u with { OnPremises = u.OnPremises with { ObjectIdentifier = Someone.ToString() } });
    public static CaseFact OddObjectIdentifier { get; } = OfUser("carries an object identifier that is no GUID", u => u with { OnPremises = u.OnPremises with { ObjectIdentifier = "?" } });
    public static CaseFact CustomAnchorUnlisted { get; } = new("the tenant has a custom anchor, which the inventory does not list", c => c with { Tenant = c.Tenant with { AnchorAttribute = AnchorAttribute.Parse("employeeID", null) } });

    // Synchronisation.
    public static CaseFact DuplicateOfName { get; } = Duplicate("sync has put a duplicate in quarantine because of the user's name", "ANN@corp.example");
    public static CaseFact DuplicateOfSecondary { get; } = new(
        "sync has put a duplicate in quarantine because of a secondary address",
        c => Duplicate("", "al@corp.example").Change(CloudOnlyAddresses.Change(c)));
    public static CaseFact DuplicateHoldsAnchor { get; } = new(
        "a duplicate in quarantine holds the account's anchor",
        c => PartnerTaken.Change(Duplicate("", "elsewhere@corp.example").Change(c)));
    public static CaseFact NameMatchOff { get; } = OfTenant("sync does not match by user principal name", f => f with { Features = Reading.Known(new SyncFeatures(false, true, SoftMatchOnUpnEnabled: false)) });
    public static CaseFact NameMatchUnlisted { get; } = OfTenant("Graph does not say whether sync matches by user principal name", f => f with { Features = Reading.Known(new SyncFeatures(false, true, SoftMatchOnUpnEnabled: null)) });
    public static CaseFact SoftMatchBlocked { get; } = OfTenant("soft match is blocked in the tenant", f => f with { Features = Reading.Known(new SyncFeatures(true, false, SoftMatchOnUpnEnabled: true)) });

    private static Reading<IReadOnlySet<Guid>> OnlyAnn => Reading.Known<IReadOnlySet<Guid>>(new HashSet<Guid> { Samples.Ann.Id });

    private static ListedAccount Listed(DirectoryAccount account) => new(Samples.Corp, account);

    private static CaseFact OfPartner(string words, Func<DirectoryAccount, DirectoryAccount> change) =>
        OfInventory(words, e => e with { Partners = [.. e.Partners.Select(p => p with { Account = change(p.Account) })] });

    private static CaseFact OfPolicy(string words, Func<TenantPolicy, TenantPolicy> change) =>
        new(words, c => c with { Tenant = c.Tenant with { Policy = change(c.Tenant.Policy) } });

    private static CaseFact Anchor(string words, string anchor) => OfUser(words, u => u with { Anchor = new SourceAnchor(anchor) });

    private static CaseFact Purpose(string words, string purpose) => OfReads(words, f => f with { MailboxPurpose = Reading.Known<string?>(purpose) });

    private static CaseFact Duplicate(string words, string value) => OfTenant(words, f => f with
    {
        Duplicates = f.Duplicates.IsKnown
            ? Reading.Known<IReadOnlyList<QuarantinedDuplicate>>([.. f.Duplicates.Value, new(Someone, "ann1234@corp.onmicrosoft.com", value)])
            : f.Duplicates,
    });

    private static Reading<IReadOnlyDictionary<Guid, string>> Role(string role) =>
        Reading.Known<IReadOnlyDictionary<Guid, string>>(new Dictionary<Guid, string> { [Samples.Ann.Id] = role });
}
