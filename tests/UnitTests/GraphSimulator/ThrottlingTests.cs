using System.Net.Http.Headers;
using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.UnitTests.GraphSimulator;

public sealed class ThrottlingTests
{
    private static readonly Action<SimulatedTenant> TenUnits = tenant =>
        tenant.Settings = tenant.Settings with { Throttling = new() { ResourceUnitsPer10Seconds = 10, WritesPer150Seconds = 3 } };

    [Theory]
    [InlineData("/users", "2")]
    [InlineData("/users?$select=id", "1")]
    [InlineData("/users?$top=5", "1")]
    [InlineData("/users?$select=id&$top=5", "1")]
    [InlineData("/users?$top=20", "2")]
    [InlineData("/organization", "1")]
    public async Task Get_Route_CostsWhatGraphCharges(string path, string expected)
    {
        await using var simulator = await RunningSimulator.StartAsync();

        var answer = await simulator.GetAsync(path);

        Assert.Equal(expected, answer.Headers["x-ms-resource-unit"]);
    }

    [Fact]
    public async Task Get_UnitsSpent_Answers429UntilTheyRefill()
    {
        await using var simulator = await RunningSimulator.StartAsync(TenUnits);

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(200, (await simulator.GetAsync("/users")).Status);
        }

        var refused = await simulator.GetAsync("/users");
        simulator.Clock.Advance(TimeSpan.FromSeconds(1));
        var tooEarly = await simulator.GetAsync("/users");
        simulator.Clock.Advance(TimeSpan.FromSeconds(1));
        var inTime = await simulator.GetAsync("/users");
        var spentAgain = await simulator.GetAsync("/users");

        Assert.Equal((429, "TooManyRequests", "2"), (refused.Status, refused.ErrorCode, refused.Headers["Retry-After"]));
        Assert.Equal($"Tenant_Application/ReadWrite/app-1/{simulator.Tenant.Id}", refused.Headers["x-ms-throttle-scope"]);
        Assert.Equal("ResourceUnitLimitExceeded", refused.Headers["x-ms-throttle-information"]);
        Assert.Equal((429, 200, 429), (tooEarly.Status, inTime.Status, spentAgain.Status));
    }

    [Fact]
    public async Task Get_NearTheLimit_ShowsThePercentageFrom80()
    {
        await using var simulator = await RunningSimulator.StartAsync(TenUnits);
        var answers = new List<Answer>();

        for (var i = 0; i < 5; i++)
        {
            answers.Add(await simulator.GetAsync("/users"));
        }

        Assert.DoesNotContain("x-ms-throttle-limit-percentage", answers[2].Headers.Keys);
        Assert.Equal("0.8", answers[3].Headers["x-ms-throttle-limit-percentage"]);
        Assert.Equal("1.0", answers[4].Headers["x-ms-throttle-limit-percentage"]);
    }

    [Fact]
    public async Task Patch_WritesSpent_Answers429AndChangesNothing()
    {
        await using var simulator = await RunningSimulator.StartAsync(TenUnits);
        var users = Enumerable.Range(0, 4).Select(i => simulator.Tenant.AddUser(RunningSimulator.User($"u{i}", RunningSimulator.NewAnchor()))).ToList();
        var answers = new List<Answer>();

        foreach (var user in users)
        {
            answers.Add(await simulator.PatchUserAsync(user, """{"onPremisesImmutableId":null}"""));
        }

        Assert.Equal([204, 204, 204, 429], answers.Select(answer => answer.Status));
        Assert.Equal(("50", "WriteLimitExceeded"), (answers[3].Headers["Retry-After"], answers[3].Headers["x-ms-throttle-information"]));
        Assert.NotNull(simulator.Tenant.FindUser(users[3].Id)!.OnPremisesImmutableId);
    }

    [Fact]
    public async Task Get_AnotherAppOrTenant_HasABudgetOfItsOwn()
    {
        await using var simulator = await RunningSimulator.StartAsync(TenUnits);
        var other = simulator.Cloud.AddTenant("Fabrikam", "fabrikam.onmicrosoft.com");

        for (var i = 0; i < 5; i++)
        {
            await simulator.GetAsync("/users");
        }

        simulator.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", RunningSimulator.Token(simulator.Tenant.Id, "app-2"));
        var otherApp = await simulator.GetAsync("/users");
        simulator.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", RunningSimulator.Token(other.Id));
        var otherTenant = await simulator.GetAsync("/users");

        Assert.Equal((200, 200), (otherApp.Status, otherTenant.Status));
    }

    [Theory]
    [InlineData(49, 3_500)]
    [InlineData(50, 5_000)]
    [InlineData(500, 5_000)]
    [InlineData(501, 8_000)]
    public void ForTenantOf_Size_DecidesTheLimit(int users, int expected) =>
        Assert.Equal(expected, ThrottleLimits.ForTenantOf(users).ResourceUnitsPer10Seconds);
}
