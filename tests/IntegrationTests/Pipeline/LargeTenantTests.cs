using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

public sealed class LargeTenantTests
{
    private const long MaxWorkingSet = 300L * 1024 * 1024;

    [Fact]
    public async Task Scan_MillionUsersAThousandLeftovers_TakesAHandfulOfPagesAndStaysSmall()
    {
        await using var stage = await Stage.SetAloneAsync();
        var tenant = stage.AddTenant("Fourthcoffee", leftovers: 1000, plainUsers: 1_000_000);
        await using var host = await LocalHostProcess.StartAsync(stage.Storage, stage.Graph);
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer", "Operate", "Upload"]);
        await Stage.RegisterAsync(ada, tenant, "report", new { maxProposalsPerScan = 2000 });

        var scan = await ada.ScanAsync(tenant.Id, "report");

        Assert.Equal("completed", scan.GetProperty("status").GetString());
        Assert.Equal(1000, scan.GetProperty("counts").GetProperty("Candidate").GetInt32());
        Assert.Equal(1000, scan.GetProperty("usersRead").GetInt32());
        var pages = tenant.Requests.Count(r => r.Target.StartsWith("/beta/users?", StringComparison.Ordinal));
        Assert.Equal(2, pages);
        Assert.True(host.PeakWorkingSet < MaxWorkingSet, $"LocalHost took {host.PeakWorkingSet / 1024 / 1024} MB.");
    }
}
