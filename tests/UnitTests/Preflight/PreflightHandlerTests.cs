using Reanchor.Contracts;
using Reanchor.Preflight;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Reanchor.UnitTests.Scanning;
using Xunit;

namespace Reanchor.UnitTests.Preflight;

public sealed class PreflightHandlerTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task HandleAsync_AllInOrder_HasNoObstacleAndEveryPermission()
    {
        await _world.GivenAnnAsync();

        var report = await CheckAsync();

        Assert.Empty(report.Obstacles);
        Assert.Equal(DirectoryPermissions.All, report.Permissions.Select(p => p.Permission));
        Assert.All(report.Permissions, p => Assert.Equal(PermissionState.Granted, p.State));
    }

    [Fact]
    public async Task HandleAsync_NoSuchTenant_IsNull() =>
        Assert.Null(await _world.Get<PreflightHandler>().HandleAsync(Samples.NewTenantId(), World.Cancellation));

    public static TheoryData<string, string> Obstacles => new()
    {
        { "disabled", "disabled" },
        { "report mode", "report mode" },
        { "sync off", "synchronisation is off" },
        { "sync stopped", "last directory sync" },
        { "sync unknown", "403 for the test" },
        { "soft match blocked", "blockSoftMatchEnabled" },
        { "no inventory", "collector emea" },
        { "mailbox refused", DirectoryPermissions.MailboxSettingsRead },
    };

    [Theory]
    [MemberData(nameof(Obstacles))]
    public async Task HandleAsync_SomethingInTheWay_SaysSo(string what, string words)
    {
        await _world.GivenAnnAsync();
        await _world.RegisterAsync(t => what switch
        {
            "disabled" => t with { Enabled = false },
            "report mode" => t with { Mode = TenantMode.Report },
            "no inventory" => t with { Collectors = [.. t.Collectors, CollectorId.Parse("emea", null)] },
            _ => t,
        });
        _world.Directory.TenantFacts = what switch
        {
            "sync off" => Samples.Facts with { Sync = Reading.Known(new OrganisationSync(null, null)) },
            "sync stopped" => Samples.Facts with { Sync = Reading.Known(new OrganisationSync(true, Samples.Now.AddDays(-3))) },
            "sync unknown" => Samples.Facts with { Sync = Reading.Unknown<OrganisationSync>("403 for the test") },
            "soft match blocked" => Samples.Facts with { Features = Reading.Known(new SyncFeatures(true, false)) },
            _ => Samples.Facts,
        };
        _world.Directory.Access = Samples.Access with
        {
            AnyUser = what == "mailbox refused"
                ? Samples.UserFacts with { MailboxPurpose = Reading.Refused<string?>(DirectoryPermissions.MailboxSettingsRead) }
                : Samples.UserFacts,
        };

        var report = await CheckAsync();

        Assert.Contains(words, Assert.Single(report.Obstacles), StringComparison.Ordinal);
    }

    public static TheoryData<string> DirectoryReadings =>
        [.. UnreadFacts.Names.Where(name => typeof(TenantFacts).GetProperty(name) is not null || typeof(UserFacts).GetProperty(name) is not null)];

    /// <summary>Whatever keeps everybody from being a candidate has to be among the obstacles.</summary>
    [Theory]
    [MemberData(nameof(DirectoryReadings))]
    public async Task HandleAsync_ReadingOfTheRulesUnknown_IsAnObstacle(string reading)
    {
        await _world.GivenAnnAsync();
        var facts = Samples.Facts with { };
        var user = Samples.UserFacts with { };
        var owner = typeof(TenantFacts).GetProperty(reading) is null ? (object)user : facts;
        var property = owner.GetType().GetProperty(reading)!;
        property.SetValue(owner, typeof(Reading).GetMethod(nameof(Reading.Unknown))!
            .MakeGenericMethod(property.PropertyType.GetGenericArguments()).Invoke(null, ["403 for the test"]));
        _world.Directory.TenantFacts = facts;
        _world.Directory.Access = Samples.Access with { AnyUser = user };

        var report = await CheckAsync();

        Assert.Contains("403 for the test", Assert.Single(report.Obstacles), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_SyncAccounts_AreNamedWhereTheyAreUsers()
    {
        await _world.GivenAnnAsync();
        var (account, principal) = (Guid.NewGuid(), Guid.NewGuid());
        _world.Directory.Put(_world.Tenant.Id, Samples.Ann with { Id = account, UserPrincipalName = "Sync_SRV1@corp.example" });
        _world.Directory.TenantFacts = Samples.Facts with
        {
            ActiveRoles = Reading.Known<IReadOnlyDictionary<Guid, string>>(new Dictionary<Guid, string>
            {
                [account] = WellKnownRoles.DirectorySynchronizationAccounts,
                [principal] = WellKnownRoles.DirectorySynchronizationAccounts,
                [Guid.NewGuid()] = "62e90394-69f5-4237-9190-012177145e10",
            }),
        };

        var report = await CheckAsync();

        Assert.Equal([new(account, "Sync_SRV1@corp.example"), new(principal, null)], report.SyncAccounts.Value);
    }

    /// <summary>Granted, what a reading proves or disproves, and what nobody can tell.</summary>
    [Theory]
    [InlineData("granted", "worked", PermissionState.Granted)]
    [InlineData("granted", "refused", PermissionState.Granted)]
    [InlineData("not granted", "worked", PermissionState.Granted)]
    [InlineData("not granted", "refused", PermissionState.Missing)]
    [InlineData("not granted", "failed", PermissionState.Missing)]
    [InlineData("unreadable", "worked", PermissionState.Granted)]
    [InlineData("unreadable", "refused", PermissionState.Missing)]
    [InlineData("unreadable", "failed", PermissionState.Unknown)]
    public async Task HandleAsync_Permission_FollowsWhatSpeaksForIt(string grants, string reading, PermissionState expected)
    {
        await _world.GivenAnnAsync();
        _world.Directory.TenantFacts = Samples.Facts with
        {
            FederatedByDomain = reading switch
            {
                "worked" => Samples.Facts.FederatedByDomain,
                "refused" => Reading.Refused<IReadOnlyDictionary<string, bool>>(DirectoryPermissions.DomainRead),
                _ => Reading.Unknown<IReadOnlyDictionary<string, bool>>("Graph answered 400."),
            },
        };
        _world.Directory.Access = Samples.Access with
        {
            Granted = grants switch
            {
                "granted" => Samples.Access.Granted,
                "not granted" => Reading.Known<IReadOnlySet<string>>(new HashSet<string>()),
                _ => Reading.Refused<IReadOnlySet<string>>(DirectoryPermissions.ApplicationRead),
            },
        };

        var report = await CheckAsync();

        Assert.Equal(expected, report.Permissions.Single(p => p.Permission.Name == DirectoryPermissions.DomainRead).State);
    }

    [Fact]
    public async Task HandleAsync_GrantsUnreadable_WritingStaysUnknown()
    {
        await _world.GivenAnnAsync();
        _world.Directory.Access = new() { Granted = Reading.Refused<IReadOnlySet<string>>(DirectoryPermissions.ApplicationRead) };

        var report = await CheckAsync();

        Assert.Equal(
            [
                (DirectoryPermissions.GroupEligibilityRead, PermissionState.Unknown), (DirectoryPermissions.SyncBehavior, PermissionState.Unknown),
                (DirectoryPermissions.MailboxSettingsRead, PermissionState.Unknown), (DirectoryPermissions.OrgContactRead, PermissionState.Unknown),
                (DirectoryPermissions.ApplicationRead, PermissionState.Missing),
                (DirectoryPermissions.UserWrite, PermissionState.Unknown),
                (DirectoryPermissions.SynchronizationWrite, PermissionState.Unknown),
            ],
            report.Permissions.Where(p => p.State is not PermissionState.Granted).Select(p => (p.Permission.Name, p.State)));
    }

    private async Task<PreflightReport> CheckAsync() =>
        (await _world.Get<PreflightHandler>().HandleAsync(_world.Tenant.Id, World.Cancellation))!;
}
