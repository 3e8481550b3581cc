using Microsoft.Extensions.Options;
using Reanchor.Access;
using Reanchor.Anchors;
using Reanchor.Auditing;
using Reanchor.Exceptions;
using Reanchor.Inventories;
using Reanchor.Preflight;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Contracts;

/// <summary>
/// One user with a leftover anchor, the one on-premises account waiting for it, and what surrounds them: a perfect candidate. A test
/// changes the one thing that it is about.
/// </summary>
public static class Samples
{
    /// <summary>Quotes, separators of keys and filters, scripts and planes that stores have been known to lose.</summary>
    public const string OddText = "O'Neil ''\"q\"\\ / # ? % & | ~ <b> \u00dcn\u00ef\u00e7\u00f8de \u6f22\u5b57 \U0001f642\ttab\nline";

    public static DateTimeOffset Now { get; } = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    public static string AuditKey { get; } = Convert.ToBase64String([.. Enumerable.Range(1, 32).Select(n => (byte)n)]);

    public static AuditStamp AuditStamp { get; } = new(Options.Create(new AuditOptions { Key = AuditKey }));

    public static CollectorId Corp { get; } = CollectorId.Parse("corp", null);

    /// <summary>Asks for scans.</summary>
    public static Actor Olga { get; } = new(ActorKind.Person, "oid-olga", "Olga Operator", "https://login.example/");

    /// <summary>Decides.</summary>
    public static Actor Anton { get; } = new(ActorKind.Person, "oid-anton", "Anton Approver", "https://login.example/");

    /// <summary>Decides as well.</summary>
    public static Actor Amy { get; } = new(ActorKind.Person, "oid-amy", "Amy Approver", "https://login.example/");

    /// <summary>Hands in inventories.</summary>
    public static Actor Collector { get; } = new(ActorKind.Application, "oid-collector", "collector corp", "https://login.example/");

    public static SourceAnchor OldAnchor { get; } = SourceAnchor.FromGuid(Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"));

    public static CloudUser Ann { get; } = new()
    {
        Id = Guid.Parse("aaaaaaaa-0000-4000-8000-000000000001"),
        UserPrincipalName = "ann@corp.example",
        DisplayName = "Ann Lee",
        Mail = "ann@corp.example",
        ProxyAddresses = ["SMTP:ann@corp.example"],
        UserType = "Member",
        AccountEnabled = true,
        Anchor = OldAnchor,
        OnPremises = new() { SecurityIdentifier = "S-1-5-21-9-9-9-1104", SamAccountName = "ann", DomainName = "old.example" },
    };

    public static DirectoryAccount AnnsAccount { get; } = new()
    {
        ObjectGuid = Guid.Parse("0c2f4c57-7f6e-4a35-8c38-6f6f8a2b1d11"),
        Sid = "S-1-5-21-1-2-3-2001",
        UserPrincipalName = "ann@corp.example",
        Mail = "ann@corp.example",
        ProxyAddresses = ["SMTP:ann@corp.example"],
        SamAccountName = "ann",
        Enabled = true,
        MailboxListed = true,
    };

    public static SourceAnchor ExpectedAnchor { get; } = SourceAnchor.FromGuid(AnnsAccount.ObjectGuid);

    public static TenantFacts Facts { get; } = new()
    {
        Sync = Reading.Known(new OrganisationSync(true, Now.AddMinutes(-20))),
        FederatedByDomain = Reading.Known<IReadOnlyDictionary<string, bool>>(
            new Dictionary<string, bool> { ["corp.example"] = false, ["fed.example"] = true, ["corp.onmicrosoft.com"] = false }),
        ActiveRoles = Reading.Known<IReadOnlyDictionary<Guid, string>>(new Dictionary<Guid, string>()),
        EligibleRoles = Reading.Known<IReadOnlyDictionary<Guid, string>>(new Dictionary<Guid, string>()),
        RoleAssignableGroupPrincipals = Reading.Known<IReadOnlySet<Guid>>(new HashSet<Guid>()),
        EligibleGroupPrincipals = Reading.Known<IReadOnlySet<Guid>>(new HashSet<Guid>()),
        ProtectedGroupMembers = Reading.Known<IReadOnlySet<Guid>>(new HashSet<Guid>()),
        GivenBackToAd = Reading.Known<IReadOnlySet<Guid>>(new HashSet<Guid>()),
        Features = Reading.Known(new SyncFeatures(SoftMatchBlocked: false, HardMatchTakeoverBlocked: true, SoftMatchOnUpnEnabled: true)),
        Duplicates = Reading.Known<IReadOnlyList<QuarantinedDuplicate>>([]),
        SoftDeletedHolders = Reading.Known(Array.Empty<(SourceAnchor Anchor, Guid User)>().ToLookup(d => d.Anchor, d => d.User)),
        UserCount = Reading.Known(100),
    };

    public static UserFacts UserFacts { get; } = new()
    {
        IsCloudManaged = Reading.Known(false),
        MailboxPurpose = Reading.Known<string?>("user"),
    };

    public static DirectoryAccess Access { get; } = new()
    {
        Granted = Reading.Known<IReadOnlySet<string>>(DirectoryPermissions.All.Select(p => p.Name).ToHashSet()),
        AnyUser = UserFacts,
    };

    public static TenantId NewTenantId() => new(Guid.NewGuid());

    public static Tenant NewTenant(TenantId? id = null) => new()
    {
        Id = id ?? NewTenantId(),
        DisplayName = "Corp",
        Mode = TenantMode.Propose,
        Collectors = [Corp],
        ChangedAt = Now,
    };

    public static Scan NewScan(TenantId tenant, DateTimeOffset? at = null) => new()
    {
        Id = ScanId.At(at ?? Now),
        Tenant = tenant,
        Mode = TenantMode.Propose,
        RequestedBy = Olga,
        QueuedAt = at ?? Now,
        ProgressAt = at ?? Now,
    };

    public static Assessment NewAssessment(Classification classification = Classification.Candidate) => new()
    {
        Classification = classification,
        FailedChecks = classification is Classification.Candidate ? [] : [new(classification, "Because.")],
        Partner = new(Corp, AnnsAccount.ObjectGuid, "ann@corp.example", "ann", ["userPrincipalName", "primarySmtpAddress"]),
        ExpectedAnchor = ExpectedAnchor,
        Prediction = Prediction.SoftMatch,
        Warnings = ["After the match AD overwrites the user's attributes."],
    };

    public static Finding NewFinding(
        TenantId tenant, ScanId scan, Guid? userId = null, Classification classification = Classification.Candidate) => new()
        {
            Tenant = tenant,
            Scan = scan,
            User = Ann with { Id = userId ?? Guid.NewGuid() },
            Assessment = NewAssessment(classification),
            InventoryVersions = new Dictionary<string, string> { ["corp"] = new('a', 64) },
            FirstSeenAt = Now,
            SeenAt = Now,
        };

    public static Proposal NewProposal(TenantId tenant, Guid? userId = null)
    {
        var user = userId ?? Guid.NewGuid();

        return new Proposal
        {
            Id = ProposalId.First(user),
            Tenant = tenant,
            Scan = ScanId.At(Now),
            UserId = user,
            UserPrincipalName = Ann.UserPrincipalName,
            DisplayName = Ann.DisplayName,
            Anchor = OldAnchor,
            OnPremises = Ann.OnPremises,
            Evidence = Evidence.Of(NewFinding(tenant, ScanId.At(Now), user)),
            ProposedAt = Now,
            StatusAt = Now,
            ExpiresAt = Now.AddDays(7),
            RequestedBy = Olga,
        }.Seal();
    }

    public static ExceptedUser NewException(TenantId tenant, Guid? userId = null) => new()
    {
        Tenant = tenant,
        UserId = userId ?? Ann.Id,
        Owner = "Service desk",
        Reason = "Moves to the new forest in spring.",
        ExpiresAt = Now.AddDays(30),
        SetBy = Olga,
        SetAt = Now,
    };

    /// <summary>For a person of another id each time.</summary>
    public static AccessGrant NewGrant(params IReadOnlyList<TenantId> tenants) => new()
    {
        PrincipalId = Guid.NewGuid(),
        Kind = PrincipalKind.Person,
        Directory = Guid.Parse("99999999-0000-4000-8000-000000000001"),
        Tenants = tenants,
        Reason = "Looks after them.",
        GrantedBy = Olga,
        GrantedAt = Now,
    };

    public static Decision Approve(Proposal proposal) => new(true, Anton, Now, "checked", proposal.Digest);

    public static Decision Reject(Proposal proposal) => Approve(proposal) with { Approved = false };

    public static InventoryRecord NewInventory(TenantId tenant, CollectorId? collector = null) => new()
    {
        Tenant = tenant,
        Collector = collector ?? Corp,
        Forest = "corp.example",
        TakenAt = Now.AddHours(-1),
        ReceivedAt = Now,
        Count = 2,
        Version = new('a', 64),
        UploadedBy = "oid-collector",
    };

    /// <summary>More text than one column of a table takes.</summary>
    public static IReadOnlyList<string> ManyAddresses() =>
        [.. Enumerable.Range(0, 100).Select(n => $"smtp:{n:d3}{new string('x', 280)}@corp.example")];
}
