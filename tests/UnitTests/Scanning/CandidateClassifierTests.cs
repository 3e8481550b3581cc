using System.Reflection;
using Reanchor.Anchors;
using Reanchor.Contracts;
using Reanchor.Inventories;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Scanning;

public sealed class CandidateClassifierTests
{
    private static readonly Guid Ann = Samples.Ann.Id;
    private static readonly DirectoryAccount Holder = new() { ObjectGuid = Guid.NewGuid(), SamAccountName = "holder" };

    private static readonly ClassificationCase Good = new()
    {
        Tenant = Samples.NewTenant(),
        User = Samples.Ann,
        TenantFacts = Samples.Facts,
        UserFacts = Samples.UserFacts,
        Inventory = Evidence(partners: [Samples.AnnsAccount]),
    };

    /// <summary>What has to be changed in the good case, by a name to read, and the class it makes.</summary>
    private static readonly Dictionary<string, (Func<ClassificationCase, ClassificationCase> Change, Classification Expected)> Cases = new()
    {
        ["nothing changed"] = (c => c, Classification.Candidate),
        ["synced"] = (c => User(c, u => u with { OnPremisesSyncEnabled = true }), Classification.StillSynced),
        ["live holder"] = (c => Inventory(c, holders: [Holder]), Classification.AnchorInUse),
        ["holder in the recycle bin"] = (c => Inventory(c, holders: [Holder with { Deleted = true }]), Classification.AnchorInUse),
        ["soft-deleted holder"] = (c => Facts(c, f => f with { SoftDeletedHolders = Reading.Known(new[] { Guid.NewGuid() }.ToLookup(_ => Samples.OldAnchor)) }), Classification.AnchorInUse),
        ["drifted account"] = (c => Inventory(c, drifted: [Holder]), Classification.AnchorDrifted),
        ["employee number as anchor"] = (c => Anchor(c, "E1001"), Classification.ForeignAnchor),
        ["hex as anchor"] = (c => Anchor(c, "ff19966f868b11d0b42d00c04fc964ff"), Classification.ForeignAnchor),
        ["15 bytes as anchor"] = (c => Anchor(c, Convert.ToBase64String(new byte[15])), Classification.ForeignAnchor),
        ["Base64 with stray bits"] = (c => Anchor(c, "/xmWb4aLEdC0LQDAT8lk/x=="), Classification.ForeignAnchor),
        ["federated domain"] = (c => Upn(c, "ann@FED.example"), Classification.FederatedDomain),
        ["cloud-managed"] = (c => UserFacts(c, f => f with { IsCloudManaged = Reading.Known(true) }), Classification.CloudManaged),
        ["was cloud-managed"] = (c => c with { WasCloudManaged = true }, Classification.AuthorityReverted),
        ["active role"] = (c => Facts(c, f => f with { ActiveRoles = Roles("62e90394-69f5-4237-9190-012177145e10") }), Classification.Privileged),
        ["eligible role"] = (c => Facts(c, f => f with { EligibleRoles = Roles("62e90394-69f5-4237-9190-012177145e10") }), Classification.Privileged),
        ["role-assignable group"] = (c => Facts(c, f => f with { RoleAssignableGroupPrincipals = Reading.Known<IReadOnlySet<Guid>>(new HashSet<Guid> { Ann }) }), Classification.Privileged),
        ["eligible for a role-assignable group"] = (c => Facts(c, f => f with { EligibleGroupPrincipals = Reading.Known<IReadOnlySet<Guid>>(new HashSet<Guid> { Ann }) }), Classification.Privileged),
        ["given back to AD"] = (c => Facts(c, f => f with { GivenBackToAd = Reading.Known<IReadOnlySet<Guid>>(new HashSet<Guid> { Ann }) }), Classification.AuthorityReverted),
        ["member of a protected group"] = (c => Facts(c, f => f with { ProtectedGroupMembers = Reading.Known<IReadOnlySet<Guid>>(new HashSet<Guid> { Ann }) }), Classification.Protected),
        ["protected by policy"] = (c => c with { Tenant = c.Tenant with { Policy = new() { ProtectedUserIds = [Ann] } } }, Classification.Protected),
        ["restricted unit"] = (c => User(c, u => u with { IsManagementRestricted = true }), Classification.Protected),
        ["guest"] = (c => User(c, u => u with { UserType = "guest" }), Classification.Guest),
        ["guest's name"] = (c => Upn(c, "ann_fabrikam.com#ext#@corp.example"), Classification.Guest),
        ["invited"] = (c => User(c, u => u with { ExternalUserState = "PendingAcceptance" }), Classification.Guest),
        ["Connect Sync's account"] = (c => Upn(c, "sync_SRV1_0a1b2c3d@corp.example"), Classification.SyncAccount),
        ["Cloud Sync's account"] = (c => Upn(c, "ADToAADSyncServiceAccount@corp.example"), Classification.SyncAccount),
        ["resource account"] = (c => User(c, u => u with { IsResourceAccount = true }), Classification.NeedsReview),
        ["shared mailbox"] = (c => UserFacts(c, f => f with { MailboxPurpose = Reading.Known<string?>("shared") }), Classification.NeedsReview),
        ["purpose of a later version"] = (c => UserFacts(c, f => f with { MailboxPurpose = Reading.Known<string?>("unknownFutureValue") }), Classification.NeedsReview),
        ["two mailboxes"] = (c => Inventory(c, partners: [Samples.AnnsAccount with { MailboxGuid = Guid.NewGuid() }]), Classification.NeedsReview),
        ["restored from the bin"] = (c => User(c, u => u with { OnPremisesSyncEnabled = false }), Classification.NeedsReview),
        ["onmicrosoft.com name"] = (c => Upn(c, "ann@corp.onmicrosoft.com"), Classification.NeedsReview),
        ["no partner"] = (c => Inventory(c, partners: []), Classification.NoPartner),
        ["secondary address only"] = (c => Inventory(c, partners: [], secondary: [Holder]), Classification.NoPartner),
        ["two partners"] = (c => Inventory(c, partners: [Samples.AnnsAccount, Holder]), Classification.AmbiguousPartner),
        ["duplicate of the name"] = (c => Duplicate(c, "ANN@corp.example"), Classification.DuplicateInQuarantine),
        ["duplicate of a secondary address"] = (c => Duplicate(User(c, u => u with { ProxyAddresses = [.. u.ProxyAddresses, "smtp:al@corp.example"] }), "al@corp.example"), Classification.DuplicateInQuarantine),
        ["soft match blocked"] = (c => Facts(c, f => f with { Features = Reading.Known(new SyncFeatures(true, false)) }), Classification.EvidenceInsufficient),
        ["object identifier of another account"] = (c => Identifier(c, Guid.NewGuid().ToString()), Classification.EvidenceInsufficient),
        ["object identifier that is no GUID"] = (c => Identifier(c, "?"), Classification.EvidenceInsufficient),
        ["domain that the tenant does not list"] = (c => Upn(c, "ann@elsewhere.example"), Classification.EvidenceInsufficient),
        ["partner without the custom anchor"] = (c => c with { Tenant = c.Tenant with { AnchorAttribute = AnchorAttribute.Parse("employeeID", null) } }, Classification.EvidenceInsufficient),
    };

    public static TheoryData<string> CaseNames => [.. Cases.Keys];

    public static TheoryData<string> ReadingNames =>
    [
        nameof(ClassificationCase.Inventory),
        .. Readings(typeof(TenantFacts)).Select(r => r.Name).Except([nameof(TenantFacts.Sync), nameof(TenantFacts.UserCount)]),
        .. Readings(typeof(UserFacts)).Select(r => r.Name),
    ];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Classify_OneThingChanged_HasItsClassAndAReason(string name)
    {
        var (change, expected) = Cases[name];

        var assessment = CandidateClassifier.Classify(change(Good));

        Assert.Equal(expected, assessment.Classification);
        Assert.NotEmpty(assessment.Reason);
        Assert.Equal(expected is Classification.Candidate, assessment.FailedChecks.Count == 0);
    }

    [Fact]
    public void Classify_AllCases_CoverEveryClass() =>
        Assert.Equal(Enum.GetValues<Classification>(), Cases.Values.Select(c => c.Expected).Distinct().Order());

    /// <summary>What a limit of the whole scan needs, the sync state and the user count, is no part of this.</summary>
    [Theory]
    [MemberData(nameof(ReadingNames))]
    public void Classify_AnyReadingUnknown_IsEvidenceInsufficientAndSaysWhy(string reading)
    {
        var assessment = CandidateClassifier.Classify(Unread(Good, reading));

        Assert.Equal(Classification.EvidenceInsufficient, assessment.Classification);
        Assert.Contains("403 for the test", assessment.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Classify_AnyReadingUnknown_NeverYieldsCandidate(string name)
    {
        foreach (var reading in ReadingNames.Select(r => r.Data))
        {
            var assessment = CandidateClassifier.Classify(Unread(Cases[name].Change(Good), reading));

            Assert.NotEqual(Classification.Candidate, assessment.Classification);
        }
    }

    private static IEnumerable<PropertyInfo> Readings(Type type) =>
        type.GetProperties().Where(p => p.PropertyType.IsGenericType && p.PropertyType.GetGenericTypeDefinition() == typeof(Reading<>));

    /// <summary>By reflection, so that a reading added later is tested without a word said here.</summary>
    private static ClassificationCase Unread(ClassificationCase subject, string reading)
    {
        var copy = subject with { TenantFacts = subject.TenantFacts with { }, UserFacts = subject.UserFacts with { } };

        foreach (var part in new object[] { copy, copy.TenantFacts, copy.UserFacts })
        {
            foreach (var property in Readings(part.GetType()).Where(p => p.Name == reading))
            {
                property.SetValue(part, typeof(Reading).GetMethod(nameof(Reading.Unknown))!
                    .MakeGenericMethod(property.PropertyType.GenericTypeArguments).Invoke(null, ["403 for the test"]));
            }
        }

        return copy;
    }

    private static Reading<InventoryEvidence> Evidence(
        DirectoryAccount[]? holders = null, DirectoryAccount[]? drifted = null, DirectoryAccount[]? partners = null, DirectoryAccount[]? secondary = null)
    {
        return Reading.Known(new InventoryEvidence
        {
            AnchorHolders = Listed(holders ?? []),
            DriftedAccounts = Listed(drifted ?? []),
            Partners = Listed(partners ?? [Samples.AnnsAccount]),
            SecondaryAddressHolders = Listed(secondary ?? []),
        });

        static ListedAccount[] Listed(DirectoryAccount[] accounts) => [.. accounts.Select(a => new ListedAccount(Samples.Corp, a))];
    }

    private static ClassificationCase Inventory(
        ClassificationCase c, DirectoryAccount[]? holders = null, DirectoryAccount[]? drifted = null, DirectoryAccount[]? partners = null, DirectoryAccount[]? secondary = null) =>
        c with { Inventory = Evidence(holders, drifted, partners, secondary) };

    private static ClassificationCase User(ClassificationCase c, Func<CloudUser, CloudUser> change) => c with { User = change(c.User) };

    private static ClassificationCase Upn(ClassificationCase c, string name) => User(c, u => u with { UserPrincipalName = name });

    private static ClassificationCase Anchor(ClassificationCase c, string anchor) => User(c, u => u with { Anchor = new SourceAnchor(anchor) });

    private static ClassificationCase Identifier(ClassificationCase c, string identifier) =>
        User(c, u => u with { OnPremises = u.OnPremises with { ObjectIdentifier = identifier } });

    private static ClassificationCase Facts(ClassificationCase c, Func<TenantFacts, TenantFacts> change) => c with { TenantFacts = change(c.TenantFacts) };

    private static ClassificationCase UserFacts(ClassificationCase c, Func<UserFacts, UserFacts> change) => c with { UserFacts = change(c.UserFacts) };

    private static ClassificationCase Duplicate(ClassificationCase c, string value) => Facts(c, f => f with
    {
        Duplicates = Reading.Known<IReadOnlyList<QuarantinedDuplicate>>([new(Guid.NewGuid(), "ann1234@corp.onmicrosoft.com", value)]),
    });

    private static Reading<IReadOnlyDictionary<Guid, string>> Roles(string role) =>
        Reading.Known<IReadOnlyDictionary<Guid, string>>(new Dictionary<Guid, string> { [Ann] = role });
}
