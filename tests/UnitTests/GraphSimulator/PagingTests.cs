using System.Net.Http.Headers;
using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.UnitTests.GraphSimulator;

public sealed class PagingTests
{
    private const string FirstPage = "/users?$filter=onPremisesSyncEnabled ne true&$count=true&$top=10&$select=id,userPrincipalName";

    [Fact]
    public async Task List_NextLinks_LeadThroughEveryUserOnce()
    {
        await using var simulator = await RunningSimulator.StartAsync(tenant => BulkUsers.AddTo(tenant, 20, 5));
        var names = new List<string>();
        var pages = 0;

        for (var link = FirstPage; link is not null; pages++)
        {
            var page = await simulator.GetAsync(link, eventual: true);
            names.AddRange(page.Names);
            link = page.NextLink;
        }

        Assert.Equal(3, pages);
        Assert.Equal(25, names.Distinct().Count());
    }

    [Fact]
    public async Task List_TenantGivesSmallPages_GivesNoMoreWhateverTopSays()
    {
        await using var simulator = await RunningSimulator.StartAsync(tenant => BulkUsers.AddTo(tenant, 20, 0));
        simulator.Tenant.Settings = simulator.Tenant.Settings with { LargestUserPage = 3 };

        var page = await simulator.GetAsync(FirstPage, eventual: true);

        Assert.Equal(3, page.Items.Count);
        Assert.NotNull(page.NextLink);
    }

    [Fact]
    public async Task List_WithoutTop_ReturnsOneHundred()
    {
        await using var simulator = await RunningSimulator.StartAsync(tenant => BulkUsers.AddTo(tenant, 101, 0));

        var page = await simulator.GetAsync("/users");

        Assert.Equal(100, page.Items.Count);
        Assert.StartsWith(simulator.Http.BaseAddress + "v1.0/users?", page.NextLink);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(-1)]
    public async Task List_TopOutOfRange_Refuses(int top)
    {
        await using var simulator = await RunningSimulator.StartAsync();

        var answer = await simulator.GetAsync($"/users?$top={top}");

        Assert.Equal((400, "Request_UnsupportedQuery"), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task List_UserDeletedBetweenPages_NeitherShiftsNorRepeats()
    {
        await using var simulator = await RunningSimulator.StartAsync(tenant => BulkUsers.AddTo(tenant, 20, 0));
        var first = await simulator.GetAsync(FirstPage, eventual: true);

        simulator.Tenant.SoftDeleteUser(simulator.Tenant.Users[0].Id);
        simulator.Tenant.SoftDeleteUser(simulator.Tenant.Users[^1].Id);
        var second = await simulator.GetAsync(first.NextLink!, eventual: true);

        Assert.Equal(9, second.Items.Count);
        Assert.Empty(second.Names.Intersect(first.Names));
    }

    [Fact]
    public async Task List_TokenReadTwice_GivesTheSamePage()
    {
        await using var simulator = await RunningSimulator.StartAsync(tenant => BulkUsers.AddTo(tenant, 20, 0));
        var first = await simulator.GetAsync(FirstPage, eventual: true);

        var once = await simulator.GetAsync(first.NextLink!, eventual: true);
        var twice = await simulator.GetAsync(first.NextLink!, eventual: true);

        Assert.Equal(once.Names, twice.Names);
    }

    [Fact]
    public async Task List_ExpiredOrDamagedToken_Refuses()
    {
        await using var simulator = await RunningSimulator.StartAsync(tenant => BulkUsers.AddTo(tenant, 20, 0));
        var link = (await simulator.GetAsync(FirstPage, eventual: true)).NextLink!;

        var damaged = await simulator.GetAsync(link[..^3] + "AAA", eventual: true);
        var nonsense = await simulator.GetAsync("/users?$skiptoken=!!", eventual: true);
        simulator.Clock.Advance(TimeSpan.FromHours(2));
        var expired = await simulator.GetAsync(link, eventual: true);

        Assert.All([nonsense, expired], answer => Assert.Equal((400, "Directory_ExpiredPageToken"), (answer.Status, answer.ErrorCode)));
        Assert.NotEqual(500, damaged.Status);
    }

    [Fact]
    public async Task List_TokenOfAnotherTenant_Refuses()
    {
        await using var simulator = await RunningSimulator.StartAsync(tenant => BulkUsers.AddTo(tenant, 20, 0));
        var link = (await simulator.GetAsync(FirstPage, eventual: true)).NextLink!;
        var other = simulator.Cloud.AddTenant("Fabrikam", "fabrikam.onmicrosoft.com");

        simulator.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", RunningSimulator.Token(other.Id));
        var answer = await simulator.GetAsync(link, eventual: true);

        Assert.Equal((400, "Directory_ExpiredPageToken"), (answer.Status, answer.ErrorCode));
    }
}
