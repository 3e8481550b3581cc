using System.Text.Json;
using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.UnitTests.GraphSimulator;

public sealed class BatchTests
{
    [Fact]
    public async Task Batch_MixedSteps_EachGetsItsOwnAnswer()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var user = simulator.Tenant.AddUser(RunningSimulator.User("elena", RunningSimulator.NewAnchor()));

        var answer = await PostAsync(simulator,
            new { id = "a", method = "GET", url = $"/users/{user.Id}?$select=id" },
            new { id = "b", method = "GET", url = "/users/nobody@contoso.example" },
            new { id = "c", method = "GET", url = "/users/$count?$filter=onPremisesSyncEnabled ne true", headers = new { ConsistencyLevel = "eventual" } },
            new { id = "d", method = "GET", url = "/users?$filter=onPremisesSyncEnabled ne true&$count=true" },
            Clear("e", user.Id));

        var steps = answer.Json.GetProperty("responses").EnumerateArray().ToDictionary(step => step.GetProperty("id").GetString()!);
        Assert.Equal(200, answer.Status);
        Assert.Equal([200, 404, 200, 400, 204], "abcde".Select(id => steps[id.ToString()].GetProperty("status").GetInt32()));
        Assert.Equal("1", steps["c"].GetProperty("body").GetString());
        Assert.False(steps["e"].TryGetProperty("body", out _));
        Assert.Null(simulator.Tenant.FindUser(user.Id)!.OnPremisesImmutableId);
        Assert.Equal("""{"onPremisesImmutableId":null}""", simulator.Tenant.Requests.Single(request => request.BatchStep == "e").Body);
    }

    [Fact]
    public async Task Batch_ThrottledSteps_FailAloneInsideAnEnvelopeOf200()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        simulator.Tenant.Settings = simulator.Tenant.Settings with { Throttling = new() { ResourceUnitsPer10Seconds = 100, WritesPer150Seconds = 2 } };
        var users = Enumerable.Range(0, 4).Select(i => simulator.Tenant.AddUser(RunningSimulator.User($"u{i}", RunningSimulator.NewAnchor()))).ToList();

        var answer = await PostAsync(simulator, [.. users.Select((user, i) => Clear($"{i}", user.Id))]);

        var steps = answer.Json.GetProperty("responses").EnumerateArray().ToList();
        Assert.Equal(200, answer.Status);
        Assert.Equal([204, 204, 429, 429], steps.Select(step => step.GetProperty("status").GetInt32()));
        Assert.Equal("75", steps[2].GetProperty("headers").GetProperty("Retry-After").GetString());
        Assert.Equal(2, simulator.Tenant.Users.Count(user => user.OnPremisesImmutableId is null));
    }

    [Fact]
    public async Task Batch_FaultOnUsers_StrikesStepsOnly()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        simulator.Cloud.Faults.Add(new() { Kind = FaultKind.ServiceUnavailable, PathPrefix = "/users", Count = 1 });
        var user = simulator.Tenant.AddUser(RunningSimulator.User("elena"));

        var answer = await PostAsync(simulator,
            new { id = "1", method = "GET", url = $"/users/{user.Id}?$select=id" },
            new { id = "2", method = "GET", url = $"/users/{user.Id}?$select=id" });

        Assert.Equal([503, 200], answer.Json.GetProperty("responses").EnumerateArray().Select(step => step.GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task Batch_TwentyOneSteps_IsRefused()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        object[] steps = [.. Enumerable.Range(1, 21).Select(i => new { id = $"{i}", method = "GET", url = "/organization" })];

        var tooMany = await PostAsync(simulator, steps);
        var most = await PostAsync(simulator, steps[..20]);

        Assert.Equal((400, 200), (tooMany.Status, most.Status));
    }

    [Theory]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"/organization"},{"id":"1","method":"GET","url":"/organization"}]}""", 400)]
    [InlineData("""{"requests":[{"id":"1","method":"PATCH","url":"/users/x","body":{}}]}""", 400)]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"/organization","dependsOn":["2"]}]}""", 501)]
    [InlineData("""{"requests":[{"method":"GET","url":"/organization"}]}""", 400)]
    [InlineData("""{"requests":[]}""", 400)]
    [InlineData("""{"requests":[""", 400)]
    [InlineData("[]", 400)]
    public async Task Batch_BadEnvelope_IsRefusedWhole(string body, int expected)
    {
        await using var simulator = await RunningSimulator.StartAsync();

        var answer = await simulator.SendAsync(HttpMethod.Post, "/$batch", body);

        Assert.Equal(expected, answer.Status);
    }

    private static object Clear(string id, Guid userId) => new
    {
        id,
        method = "PATCH",
        url = $"/users/{userId}",
        headers = new Dictionary<string, string> { ["Content-Type"] = "application/json" },
        body = new Dictionary<string, string?> { ["onPremisesImmutableId"] = null },
    };

    private static Task<Answer> PostAsync(RunningSimulator simulator, params object[] steps) =>
        simulator.SendAsync(HttpMethod.Post, "/$batch", JsonSerializer.Serialize(new { requests = steps }));
}
