using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.UnitTests.GraphSimulator;

public sealed class SampleTenantsTests
{
    private static readonly string[] Leftovers = ["Elena Petrova", "Sam Carter", "Nadia Haddad"];

    [Fact]
    public void AddTo_Twice_GivesTheSameUsersAndAccounts()
    {
        var once = SampleTenants.AddTo(new());
        var again = SampleTenants.AddTo(new());

        Assert.Equal(Describe(once), Describe(again));
    }

    [Fact]
    public void RunSync_BeforeAnyClear_PairsNobodyNew()
    {
        var tenant = Contoso();

        var report = tenant.RunSync();

        Assert.Equal(5, report.Count(SyncOutcome.Updated));
        Assert.Equal(0, report.Count(SyncOutcome.SoftMatched) + report.Count(SyncOutcome.HardMatched) + report.Count(SyncOutcome.Created));
        Assert.All(Leftovers, name => Assert.Contains(report.Of(SyncOutcome.Failed), result =>
            result.Error!.Name == SyncError.InvalidSoftMatch && result.UserId == Named(tenant, name).Id));
    }

    [Fact]
    public void RunSync_LeftoversCleared_SoftMatchesThemWithTheExpectedAnchor()
    {
        var tenant = Contoso();

        foreach (var name in Leftovers)
        {
            tenant.UpdateUser(Named(tenant, name).Id, user => user with { OnPremisesImmutableId = null });
        }

        var report = tenant.RunSync();

        Assert.Equal(3, report.Count(SyncOutcome.SoftMatched));
        Assert.All(report.Of(SyncOutcome.SoftMatched), result =>
            Assert.Equal(AdAccount.ToAnchor(result.ObjectGuid), tenant.FindUser(result.UserId!.Value)!.OnPremisesImmutableId));
    }

    [Fact]
    public async Task List_ScanFilter_FindsLeftoversAndLookAlikesOnly()
    {
        var cloud = SampleTenants.AddTo(new());
        await using var host = await GraphSimulatorHost.StartAsync(cloud, 0, TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = host.Endpoint };
        using var request = new HttpRequestMessage(
            HttpMethod.Get, "/v1.0/users?$filter=onPremisesSyncEnabled ne true and onPremisesImmutableId ne null&$count=true&$select=id");
        request.Headers.Add("ConsistencyLevel", "eventual");
        request.Headers.Authorization = new("Bearer", RunningSimulator.Token(SampleTenants.Contoso));

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains("\"@odata.count\":14", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Northwind_StoppedSync_CannotRun()
    {
        var tenant = SampleTenants.AddTo(new()).FindTenant(SampleTenants.Northwind)!;

        Assert.Null(tenant.OnPremisesSyncEnabled);
        Assert.True(tenant.OnPremisesLastSyncDateTime < DateTimeOffset.UtcNow.AddDays(-90));
        Assert.Throws<InvalidOperationException>(tenant.RunSync);
    }

    [Fact]
    public void AddTo_ManyUsers_StaysUnderSixHundredBytesEach()
    {
        const int Plain = 100_000;
        var tenant = new SimulatedCloud().AddTenant("Bulk", "bulk.onmicrosoft.com");

        // What this thread allocates: other tests run beside this one.
        var before = GC.GetAllocatedBytesForCurrentThread();
        BulkUsers.AddTo(tenant, Plain, leftovers: 100);
        var perUser = (GC.GetAllocatedBytesForCurrentThread() - before) / Plain;

        Assert.InRange(perUser, 1, 600);
        Assert.Equal(100, tenant.Users.Count(user => user.OnPremisesImmutableId is not null));
    }

    private static SimulatedTenant Contoso() => SampleTenants.AddTo(new()).FindTenant(SampleTenants.Contoso)!;

    private static SimulatedUser Named(SimulatedTenant tenant, string name) => tenant.Users.Single(user => user.DisplayName == name);

    private static List<string> Describe(SimulatedCloud cloud) =>
    [
        .. cloud.Tenants.SelectMany(tenant => tenant.Users).Select(user => $"{user.Id} {user.UserPrincipalName} {user.OnPremisesImmutableId}"),
        .. cloud.Tenants.SelectMany(tenant => tenant.Forests).SelectMany(forest => forest.Accounts)
            .Select(account => $"{account.ObjectGuid} {account.UserPrincipalName} {account.Sid}"),
    ];
}
