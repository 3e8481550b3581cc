using System.Net;
using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>One tenant's trouble stays its own, and is said.</summary>
public sealed class TroubleTests(AzuriteFixture azurite)
{
    private static readonly string[] TwoForests = ["corp", "emea"];

    [Fact]
    public async Task Scan_GraphDownForOneTenant_FailsWithTheReasonAndLeavesTheOthersAlone()
    {
        await using var stage = await Stage.SetAsync();
        var broken = stage.AddTenant("Broken", leftovers: 1);
        var healthy = stage.AddTenant("Healthy", leftovers: 1);
        stage.Cloud.Faults.Add(new Fault { Kind = FaultKind.CutBefore, TenantId = broken.Id });
        await using var host = await LocalHostProcess.StartAsync(
            stage.Storage,
            stage.Graph,
            ("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:00"),
            ("AzureFunctionsJobHost__extensions__queues__maxDequeueCount", "2"));
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer", "Operate", "Upload"]);
        await Stage.RegisterAsync(ada, broken, "report");
        await Stage.RegisterAsync(ada, healthy, "report");

        var failing = ada.ScanAsync(broken.Id, "report");
        var other = await ada.ScanAsync(healthy.Id, "report");
        var failed = await failing;

        Assert.Equal("completed", other.GetProperty("status").GetString());
        Assert.Equal("failed", failed.GetProperty("status").GetString());
        Assert.Contains("Graph", failed.GetProperty("failure").GetString(), StringComparison.Ordinal);
        var types = (await ada.ListAsync($"tenants/{broken.Id}/audit")).Select(e => e.GetProperty("type").GetString()).ToList();
        Assert.Contains("ScanFailed", types);
        Assert.Contains("MessagePoisoned", types);
    }

    [Fact]
    public async Task Scan_OneOfTwoForestsMissing_HaltsAndSaysWhich()
    {
        await using var stage = await Stage.SetAsync();
        var tenant = stage.AddTenant("Lucerne", leftovers: 2);
        await using var host = await LocalHostProcess.StartAsync(stage.Storage, stage.Graph);
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer", "Operate", "Upload"]);
        await ada.PutAsync($"tenants/{tenant.Id}", new { displayName = "Lucerne", mode = "propose", collectors = TwoForests });
        await ada.UploadAsync($"tenants/{tenant.Id}/inventories/corp", await Stage.InventoryAsync(tenant));

        var scan = await ada.ScanAsync(tenant.Id, "propose");

        Assert.Equal("halted", scan.GetProperty("status").GetString());
        Assert.Contains("emea", scan.GetProperty("haltReason").GetString(), StringComparison.Ordinal);
        Assert.Empty(await ada.ListAsync($"tenants/{tenant.Id}/proposals"));
        Assert.Single(
            await ada.ListAsync($"tenants/{tenant.Id}/audit"),
            e => e.GetProperty("type").GetString() == "ScanHalted" && e.GetProperty("reason").GetString()!.Contains("emea", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scan_GraphRefusesTheFilter_FallsBackAndFindsTheSame()
    {
        await using var stage = await Stage.SetAsync();
        var tenant = stage.AddTenant("Relecloud", leftovers: 3, plainUsers: 2500);
        tenant.Settings = tenant.Settings with { RefusesImmutableIdNullFilter = true };
        await using var host = await LocalHostProcess.StartAsync(stage.Storage, stage.Graph);
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer", "Operate", "Upload"]);
        await Stage.RegisterAsync(ada, tenant, "report");

        var scan = await ada.ScanAsync(tenant.Id, "report");

        Assert.Equal("completed", scan.GetProperty("status").GetString());
        Assert.Equal(3, scan.GetProperty("counts").GetProperty("Candidate").GetInt32());
        Assert.Equal(2503, scan.GetProperty("usersRead").GetInt32());
    }

    [Theory]
    [InlineData("Graph__Credential", "Password", "Graph__Credential")]
    [InlineData("Graph__Endpoint", "http://graph.example", "Graph__Endpoint")]
    [InlineData("Graph__Credential", "ClientSecret", "Graph__ClientId")]
    [InlineData("ScanSchedule", "every night", "ScanSchedule")]
    [InlineData("Scan__BatchSize", "0", "Scan__BatchSize")]
    [InlineData("Reanchor__VerificationFirstDelay", "-00:00:01", "Reanchor__VerificationFirstDelay")]
    [InlineData("Access__Audience", "", "Access__Audience")]
    [InlineData("DataStorage", "nonsense", "DataStorage")]
    [InlineData("DataStorage", "UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://127.0.0.1:1", "DataStorage")]
    [InlineData("AzureFunctionsJobHost__extensions__queues__batchSize", "99", "batchSize")]
    public async Task Start_SettingWrong_EndsAndSaysWhatToSet(string name, string value, string mentions)
    {
        var (exitCode, output) = await LocalHostProcess.RunToEndAsync(
            ["--no-demo", "--port", "0"],
            [("DataStorage", azurite.ConnectionString), ("Graph__Endpoint", "http://127.0.0.1:1"), ("Graph__Credential", "None"), (name, value)]);

        Assert.Equal(1, exitCode);
        Assert.Contains(mentions, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_CallerOfAnotherProgram_IsNotBelieved()
    {
        await using var stage = await Stage.SetAsync();
        await using var one = await LocalHostProcess.StartAsync(stage.Storage, stage.Graph);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-MS-CLIENT-PRINCIPAL-ID", Guid.NewGuid().ToString());

        using var answer = await http.GetAsync(new Uri(one.Origin, "api/tenants"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}
