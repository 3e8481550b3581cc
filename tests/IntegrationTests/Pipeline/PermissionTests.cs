using System.Text.Json;
using Reanchor.GraphSimulator;
using Reanchor.Preflight;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>Each permission taken away in turn: the scan ends, nobody is a candidate who should not be, and the self-check names it.</summary>
public sealed class PermissionTests(PermissionTests.Host shared) : IClassFixture<PermissionTests.Host>
{
    private const int Leftovers = 2;

    public static TheoryData<string> Permissions => [.. DirectoryPermissions.All.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Permissions))]
    public async Task Scan_PermissionMissing_EndsAndLeavesTheAffectedUsersAlone(string permission)
    {
        var tenant = shared.Without[permission];

        var scan = await shared.All.ScanAsync(tenant.Id, "propose");

        Assert.Equal("completed", scan.GetProperty("status").GetString());

        switch (permission)
        {
            // Writing users includes reading them; the others are not for scans.
            case DirectoryPermissions.UserRead or DirectoryPermissions.UserWrite or DirectoryPermissions.ApplicationRead
                or DirectoryPermissions.OrgContactRead or DirectoryPermissions.SynchronizationWrite:
                Assert.Equal(Leftovers, Count(scan, "Candidate"));
                Assert.Null(scan.GetProperty("reportOnlyBecause").GetString());
                break;
            case DirectoryPermissions.OrganizationRead:
                Assert.Equal(Leftovers, Count(scan, "Candidate"));
                Assert.Contains(permission, scan.GetProperty("reportOnlyBecause").GetString(), StringComparison.Ordinal);
                break;
            default:
                Assert.Equal(Leftovers, Count(scan, "EvidenceInsufficient"));
                Assert.All(
                    await shared.All.ListAsync($"tenants/{tenant.Id}/scans/{scan.GetProperty("scanId").GetString()}/findings"),
                    finding => Assert.Contains(permission, finding.GetProperty("reason").GetString(), StringComparison.Ordinal));
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Permissions))]
    public async Task Preflight_PermissionMissing_NamesItAndOnlyIt(string permission)
    {
        var preflight = await shared.All.GetAsync($"tenants/{shared.Without[permission].Id}/preflight");

        var states = States(preflight).Where(p => p.Value != "granted");
        var harmless = permission is DirectoryPermissions.UserRead or DirectoryPermissions.UserWrite or DirectoryPermissions.ApplicationRead
            or DirectoryPermissions.OrgContactRead or DirectoryPermissions.SynchronizationWrite;
        Assert.Equal(
            permission switch
            {
                DirectoryPermissions.UserRead => [],

                // Without the grants only what was read can be told.
                DirectoryPermissions.ApplicationRead => new()
                {
                    [DirectoryPermissions.OrgContactRead] = "unknown",
                    [permission] = "missing",
                    [DirectoryPermissions.UserWrite] = "unknown",
                    [DirectoryPermissions.SynchronizationWrite] = "unknown",
                },
                _ => new Dictionary<string, string> { [permission] = "missing" },
            },
            states);
        Assert.Equal(harmless, preflight.GetProperty("wouldPropose").GetBoolean());
        Assert.Equal(harmless, preflight.GetProperty("because").GetArrayLength() == 0);
        Assert.True(harmless || preflight.GetProperty("because").ToString().Contains(permission, StringComparison.Ordinal), $"{preflight}");
    }

    [Fact]
    public async Task Scan_UsersCannotBeReadAtAll_FailsAndNamesThePermission()
    {
        var tenant = shared.Blind;

        var scan = await shared.All.ScanAsync(tenant.Id, "propose");
        var preflight = await shared.All.GetAsync($"tenants/{tenant.Id}/preflight");

        Assert.Equal("failed", scan.GetProperty("status").GetString());
        Assert.Contains(DirectoryPermissions.UserRead, scan.GetProperty("failure").GetString(), StringComparison.Ordinal);
        Assert.Equal("missing", States(preflight)[DirectoryPermissions.UserRead]);
        Assert.Null(preflight.GetProperty("users").GetProperty("value").GetString());
        Assert.Contains(DirectoryPermissions.UserRead, preflight.GetProperty("users").GetProperty("unknownBecause").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preflight_AllInOrder_ShowsWhatIsKnown()
    {
        var preflight = await shared.All.GetAsync($"tenants/{shared.Whole.Id}/preflight");

        Assert.True(preflight.GetProperty("wouldPropose").GetBoolean(), $"{preflight}");
        Assert.All(States(preflight), p => Assert.Equal("granted", p.Value));
        Assert.True(preflight.GetProperty("sync").GetProperty("value").GetProperty("enabled").GetBoolean());
        Assert.Equal(2, preflight.GetProperty("domains").GetProperty("value").GetArrayLength());
        Assert.False(preflight.GetProperty("features").GetProperty("value").GetProperty("softMatchBlocked").GetBoolean());
        Assert.Equal(1, preflight.GetProperty("eligibleGroupPrincipals").GetProperty("value").GetInt32());
    }

    [Fact]
    public async Task Preflight_DirectoryUnreachableOrTenantUnknown_SaysSo()
    {
        shared.Cloud.Faults.Add(new Fault { Kind = FaultKind.CutBefore, TenantId = shared.Cut.Id });

        var (unreachable, problem, _) = await shared.All.SendAsync(HttpMethod.Get, $"tenants/{shared.Cut.Id}/preflight");
        var (unknown, _, _) = await shared.All.SendAsync(HttpMethod.Get, $"tenants/{Guid.NewGuid()}/preflight");

        Assert.Equal(503, (int)unreachable);
        Assert.Contains("could not be reached", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(404, (int)unknown);
    }

    private static int Count(JsonElement scan, string classification) =>
        scan.GetProperty("counts").TryGetProperty(classification, out var count) ? count.GetInt32() : 0;

    private static Dictionary<string, string> States(JsonElement preflight) => preflight.GetProperty("permissions").EnumerateArray()
        .ToDictionary(p => p.GetProperty("permission").GetString()!, p => p.GetProperty("state").GetString()!);

    /// <summary>One LocalHost, and a tenant for each case. What is granted is what docs/permissions.md lists, and not more.</summary>
    public sealed class Host : IAsyncLifetime
    {
        private Stage? _stage;
        private LocalHostProcess? _process;

        internal Api All { get; private set; } = null!;

        public SimulatedCloud Cloud => _stage!.Cloud;

        public SimulatedTenant Whole { get; private set; } = null!;

        public SimulatedTenant Blind { get; private set; } = null!;

        public SimulatedTenant Cut { get; private set; } = null!;

        public Dictionary<string, SimulatedTenant> Without { get; } = [];

        public async ValueTask InitializeAsync()
        {
            _stage = await Stage.SetAsync();
            _process = await LocalHostProcess.StartAsync(
                _stage.Storage,
                _stage.Graph,
                ("Graph__ClientId", $"{SimulatedCloud.ApplicationId}"),
                ("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:00"),
                ("AzureFunctionsJobHost__extensions__queues__maxDequeueCount", "2"));
            All = await Api.SignInAsync(_process.Origin, "all", ["Administer", "Operate", "Upload"]);
            Whole = await AddAsync("whole");
            Blind = await AddAsync("blind", DirectoryPermissions.UserRead, DirectoryPermissions.UserWrite);
            Cut = await AddAsync("cut");

            foreach (var permission in DirectoryPermissions.All)
            {
                Without[permission.Name] = await AddAsync($"case{Without.Count}", permission.Name);
            }
        }

        public async ValueTask DisposeAsync()
        {
            All.Dispose();
            await _process!.DisposeAsync();
            await _stage!.DisposeAsync();
        }

        private async Task<SimulatedTenant> AddAsync(string name, params string[] without)
        {
            var tenant = _stage!.AddTenant(name, Leftovers);
            tenant.Settings = tenant.Settings with { Permissions = [.. DirectoryPermissions.All.Select(p => p.Name).Except(without)] };

            // Nothing is asked about eligibility for groups where no group is role-assignable.
            tenant.AddGroup(new() { DisplayName = "Admins", IsAssignableToRole = true, EligibleMembers = [Guid.NewGuid()] });
            await Stage.RegisterAsync(All, tenant, "propose");
            return tenant;
        }
    }
}
