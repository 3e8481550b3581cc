using Reanchor.Anchors;
using Reanchor.Contracts;
using Reanchor.Inventories;
using Reanchor.Scanning;
using Reanchor.Scanning.Rules;

namespace Reanchor.UnitTests.Diagnosis;

/// <summary>Ann's perfect case, and what may be otherwise.</summary>
internal static class DiagnosisCases
{
    private static readonly DirectoryAccount Holder = new()
    {
        ObjectGuid = Guid.NewGuid(),
        ConsistencyGuid = Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"),
        SamAccountName = "holder",
    };

    private static readonly DirectoryAccount Other = new() { ObjectGuid = Guid.NewGuid(), UserPrincipalName = "someone@corp.example", SamAccountName = "someone" };

    private static readonly Reading<IReadOnlyDictionary<Guid, string>> AnnsRole =
        Reading.Known<IReadOnlyDictionary<Guid, string>>(new Dictionary<Guid, string> { [Samples.Ann.Id] = "role" });

    /// <summary>What is changed in Ann's perfect case, by a name to read; the check that it is about, and what that says then.</summary>
    public static readonly Dictionary<string, (string Check, RuleOutcome State, Func<World, Task> Change)> Cases = new()
    {
        ["synced"] = ("stillSynced", RuleOutcome.Fail, w => Ann(w, a => a with { OnPremisesSyncEnabled = true })),
        ["leftover anchor"] = ("leftoverAnchor", RuleOutcome.Fail, _ => Task.CompletedTask),
        ["no anchor"] = ("leftoverAnchor", RuleOutcome.Pass, w => Ann(w, a => a with { Anchor = null })),
        ["employee number as anchor"] = ("foreignAnchor", RuleOutcome.Fail, w => Ann(w, a => a with { Anchor = new("E1001") })),
        ["anchor lives in AD"] = ("anchorInUse", RuleOutcome.Fail, w => UploadAsync(w, Samples.AnnsAccount, Holder)),
        ["deleted user holds the anchor"] = ("softDeletedHolder", RuleOutcome.Fail, w => Facts(w, f => f with { SoftDeletedHolders = Reading.Known(new[] { Guid.NewGuid() }.ToLookup(_ => Samples.OldAnchor)) })),
        ["deleted users unreadable"] = ("softDeletedHolder", RuleOutcome.Unknown, w => Facts(w, f => f with { SoftDeletedHolders = Reading.Unknown<ILookup<SourceAnchor, Guid>>("403") })),
        ["account moved"] = ("anchorDrifted", RuleOutcome.Fail, w => UploadAsync(w, Samples.AnnsAccount with { Sid = Samples.Ann.OnPremises.SecurityIdentifier })),
        ["no account"] = ("partnerMissing", RuleOutcome.Fail, w => UploadAsync(w, Other)),
        ["two accounts"] = ("partnerAmbiguous", RuleOutcome.Fail, w => UploadAsync(w, Samples.AnnsAccount, Other with { Mail = "ann@corp.example" })),
        ["account is matched"] = ("partnerTaken", RuleOutcome.Fail, w => Put(w, Samples.Ann with { Id = Guid.NewGuid(), UserPrincipalName = "al@corp.example", Mail = null, ProxyAddresses = [], Anchor = Samples.ExpectedAnchor })),
        ["old inventory"] = ("partnerTaken", RuleOutcome.Unknown, AgeAsync),
        ["old inventory, said first"] = ("inventories", RuleOutcome.Unknown, AgeAsync),
        ["inventory's file gone"] = ("inventories", RuleOutcome.Unknown, LoseFileAsync),
        ["another user has the address"] = ("addressOwner", RuleOutcome.Fail, w => Put(w, Samples.Ann with { Id = Guid.NewGuid(), UserPrincipalName = "al@corp.example", Anchor = null })),
        ["a group has the address"] = ("addressOwner", RuleOutcome.Fail, w => Set(() => w.Directory.GroupOwners = Owners("Sales"))),
        ["a contact has the address"] = ("addressOwner", RuleOutcome.Fail, w => Set(() => w.Directory.ContactOwners = Owners("Ann (external)"))),
        ["contacts unreadable"] = ("addressOwner", RuleOutcome.Unknown, w => Set(() => w.Directory.ContactOwners = Reading.Unknown<IReadOnlyList<AddressOwner>>("403"))),
        ["a deleted user had the address"] = ("addressOwner", RuleOutcome.Pass, w => Set(() => w.Directory.DeletedUsers = Deleted())),
        ["duplicate"] = ("duplicateInQuarantine", RuleOutcome.Fail, w => Facts(w, f => f with { Duplicates = Reading.Known<IReadOnlyList<QuarantinedDuplicate>>([new(Guid.NewGuid(), "ann1234@corp.onmicrosoft.com", "ann@corp.example")]) })),
        ["federated"] = ("federatedDomain", RuleOutcome.Fail, w => Ann(w, a => a with { UserPrincipalName = "ann@fed.example" })),
        ["domains unreadable"] = ("federatedDomain", RuleOutcome.Unknown, w => Facts(w, f => f with { FederatedByDomain = Reading.Unknown<IReadOnlyDictionary<string, bool>>("403") })),
        ["onmicrosoft.com name"] = ("cloudOnlyName", RuleOutcome.Fail, w => Ann(w, a => a with { UserPrincipalName = "ann@corp.onmicrosoft.com" })),
        ["cloud-managed"] = ("cloudManaged", RuleOutcome.Fail, w => Set(() => w.Directory.UserFacts[Samples.Ann.Id] = Samples.UserFacts with { IsCloudManaged = Reading.Known(true) })),
        ["restored"] = ("previouslySynced", RuleOutcome.Fail, w => Ann(w, a => a with { OnPremisesSyncEnabled = false })),
        ["role"] = ("activeRole", RuleOutcome.Fail, w => Facts(w, f => f with { ActiveRoles = AnnsRole })),
        ["eligible role"] = ("eligibleRole", RuleOutcome.Fail, w => Facts(w, f => f with { EligibleRoles = AnnsRole })),
        ["roles unreadable"] = ("activeRole", RuleOutcome.Unknown, w => Facts(w, f => f with { ActiveRoles = Reading.Unknown<IReadOnlyDictionary<Guid, string>>("403") })),
        ["protected"] = ("protectedUser", RuleOutcome.Fail, w => w.RegisterAsync(t => t with { Policy = t.Policy with { ProtectedUserIds = [Samples.Ann.Id] } })),
        ["restricted unit"] = ("restrictedUnit", RuleOutcome.Fail, w => Ann(w, a => a with { IsManagementRestricted = true })),
        ["guest"] = ("guest", RuleOutcome.Fail, w => Ann(w, a => a with { UserType = "Guest" })),
        ["shared mailbox"] = ("resourceMailbox", RuleOutcome.Fail, w => Set(() => w.Directory.UserFacts[Samples.Ann.Id] = Samples.UserFacts with { MailboxPurpose = Reading.Known<string?>("shared") })),
        ["object identifier of another account"] = ("foreignObjectIdentifier", RuleOutcome.Fail, w => Ann(w, a => a with { OnPremises = a.OnPremises with { ObjectIdentifier = Guid.NewGuid().ToString() } })),
        ["soft match blocked"] = ("softMatchBlocked", RuleOutcome.Fail, w => Facts(w, f => f with { Features = Reading.Known(new SyncFeatures(true, true)) })),
        ["sync stopped"] = ("tenantSync", RuleOutcome.Fail, w => Facts(w, f => f with { Sync = Reading.Known(new OrganisationSync(true, Samples.Now.AddDays(-3))) })),
        ["sync off"] = ("tenantSync", RuleOutcome.Fail, w => Facts(w, f => f with { Sync = Reading.Known(new OrganisationSync(null, null)) })),
        ["sync unreadable"] = ("tenantSync", RuleOutcome.Unknown, w => Facts(w, f => f with { Sync = Reading.Unknown<OrganisationSync>("403") })),
    };

    public static Task Facts(World world, Func<TenantFacts, TenantFacts> change) =>
        Set(() => world.Directory.TenantFacts = change(world.Directory.TenantFacts));

    public static Task Put(World world, CloudUser user) => Set(() => world.Directory.Put(world.Tenant.Id, user));

    public static Task Ann(World world, Func<CloudUser, CloudUser> change) => Put(world, change(Samples.Ann));

    public static Reading<IReadOnlyList<DeletedUser>> Deleted() =>
        Reading.Known<IReadOnlyList<DeletedUser>>([new(Guid.NewGuid(), "ann@corp.example", "Ann Lee", [], Samples.Now.AddDays(-2))]);

    private static Task Set(Action change)
    {
        change();
        return Task.CompletedTask;
    }

    private static Task<InventoryRecord> UploadAsync(World world, params DirectoryAccount[] accounts)
    {
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        return world.UploadAsync(accounts);
    }

    private static Task AgeAsync(World world) => Set(() => world.Clock.Advance(TimeSpan.FromHours(25)));

    private static async Task LoseFileAsync(World world)
    {
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Archive.Delete(await world.UploadAsync(Samples.AnnsAccount));
    }

    private static Reading<IReadOnlyList<AddressOwner>> Owners(string name) =>
        Reading.Known<IReadOnlyList<AddressOwner>>([new(Guid.NewGuid(), name)]);
}
