using System.Diagnostics;
using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.UnitTests.GraphSimulator;

public sealed class FaultTests
{
    private const string Clear = """{"onPremisesImmutableId":null}""";

    [Fact]
    public async Task Fault_WithCount_StrikesThatOftenAndIsSpent()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        simulator.Cloud.Faults.Add(new() { Kind = FaultKind.TooManyRequests, PathPrefix = "/users", Method = "GET", Count = 2, RetryAfter = 7 });

        var organization = await simulator.GetAsync("/organization");
        var first = await simulator.GetAsync("/users");
        var second = await simulator.GetAsync("/users");
        var third = await simulator.GetAsync("/users");

        Assert.Equal((200, 429, 429, 200), (organization.Status, first.Status, second.Status, third.Status));
        Assert.Equal("7", first.Headers["Retry-After"]);
    }

    [Fact]
    public async Task Fault_WithoutRetryAfter_LeavesTheHeaderOut()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        simulator.Cloud.Faults.Add(new() { Kind = FaultKind.TooManyRequests });

        var answer = await simulator.GetAsync("/organization");

        Assert.Equal(429, answer.Status);
        Assert.DoesNotContain("Retry-After", answer.Headers.Keys);
    }

    [Fact]
    public async Task Fault_OnATenantAlone_TakesThatTenantDown()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var other = simulator.Cloud.AddTenant("Fabrikam", "fabrikam.onmicrosoft.com");
        var id = simulator.Cloud.Faults.Add(new() { Kind = FaultKind.ServiceUnavailable, TenantId = simulator.Tenant.Id });

        var down = await simulator.GetAsync("/organization");
        simulator.Http.DefaultRequestHeaders.Authorization = new("Bearer", RunningSimulator.Token(other.Id));
        var unharmed = await simulator.GetAsync("/organization");
        simulator.Cloud.Faults.Remove(id);
        simulator.Http.DefaultRequestHeaders.Authorization = new("Bearer", RunningSimulator.Token(simulator.Tenant.Id));
        var back = await simulator.GetAsync("/organization");

        Assert.Equal((503, 200, 200), (down.Status, unharmed.Status, back.Status));
    }

    [Theory]
    [InlineData(FaultKind.CutBefore, false)]
    [InlineData(FaultKind.CutAfter, true)]
    public async Task Fault_CutConnection_LosesTheAnswerBeforeOrAfterTheChange(FaultKind kind, bool applied)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        simulator.Cloud.Faults.Add(new() { Kind = kind, Method = "PATCH" });
        var user = simulator.Tenant.AddUser(RunningSimulator.User("elena", RunningSimulator.NewAnchor()));

        await Assert.ThrowsAsync<HttpRequestException>(() => simulator.PatchUserAsync(user, Clear));

        Assert.Equal(applied, simulator.Tenant.FindUser(user.Id)!.OnPremisesImmutableId is null);
        Assert.All(simulator.Tenant.Requests, request => Assert.Null(request.Status));
    }

    [Fact]
    public async Task Fault_Delay_AnswersLate()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        simulator.Cloud.Faults.Add(new() { Kind = FaultKind.Delay, Pattern = "^/users\\?", Delay = TimeSpan.FromMilliseconds(300) });
        var started = Stopwatch.GetTimestamp();

        var answer = await simulator.GetAsync("/users?$top=1");

        Assert.Equal(200, answer.Status);
        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(290));
    }

    [Fact]
    public async Task Fault_Probability_StrikesSomeAndTheSameOnesEachRun()
    {
        async Task<string> StatusesAsync()
        {
            await using var simulator = await RunningSimulator.StartAsync();
            simulator.Cloud.Faults.Add(new() { Kind = FaultKind.ServiceUnavailable, Probability = 0.5, Skip = 2 });
            var statuses = new List<int>();

            for (var i = 0; i < 30; i++)
            {
                statuses.Add((await simulator.GetAsync("/organization")).Status);
            }

            return string.Join(',', statuses);
        }

        var once = await StatusesAsync();
        var again = await StatusesAsync();

        Assert.StartsWith("200,200", once);
        Assert.Contains("503", once, StringComparison.Ordinal);
        Assert.Equal(once, again);
    }
}
