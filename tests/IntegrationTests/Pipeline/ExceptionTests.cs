using System.Net;
using System.Text.Json;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>An exception protects its user, supersedes an approval, and ends by itself or by an administrator's word.</summary>
public sealed class ExceptionTests
{
    [Fact]
    public async Task Exception_SetRemovedAndRunOut_ProtectsTheUserMeanwhile()
    {
        await using var stage = await Stage.SetAsync();
        var tenant = stage.AddTenant("Tailspin", leftovers: 1);
        var user = tenant.Users.Single(u => u.OnPremisesImmutableId is not null).Id;
        await using var host = await LocalHostProcess.StartAsync(
            stage.Storage, stage.Graph, ("MaintenanceSchedule", "*/1 * * * * *"));
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer", "Operate", "Upload"]);
        using var rita = await Api.SignInAsync(host.Origin, "rita", ["Read"]);
        await Stage.RegisterAsync(ada, tenant, "propose");
        var exceptions = $"tenants/{tenant.Id}/exceptions";
        var one = $"{exceptions}/{user}";
        var inSpring = TimeProvider.System.GetUtcNow().AddDays(90);

        var (byReader, _, _) = await rita.SendAsync(HttpMethod.Put, one, Body("desk", "moving", inSpring));
        var (created, set, _) = await ada.SendAsync(HttpMethod.Put, one, Body("Service desk", "Moves in spring.", inSpring));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Created), (byReader, created));
        Assert.Equal("ada", set.GetProperty("setBy").GetProperty("name").GetString());
        Assert.Equal(user, Assert.Single(await rita.ListAsync(exceptions)).GetProperty("userId").GetGuid());
        Assert.Equal("Service desk", (await rita.GetAsync(one)).GetProperty("owner").GetString());
        var (finding, proposals) = await ScanAsync(ada, tenant.Id);
        Assert.Equal("Protected", finding.GetProperty("classification").GetString());
        Assert.Contains("Owner: Service desk. Reason: Moves in spring.", finding.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Empty(proposals);

        var (unreasoned, _, _) = await ada.SendAsync(HttpMethod.Delete, one);
        var (removed, _, _) = await ada.SendAsync(HttpMethod.Delete, one, Api.Text("""{"reason":"Moved early."}"""));
        var (twice, _, _) = await ada.SendAsync(HttpMethod.Delete, one, Api.Text("""{"reason":"Moved early."}"""));

        Assert.Equal(
            (HttpStatusCode.BadRequest, HttpStatusCode.NoContent, HttpStatusCode.NotFound), (unreasoned, removed, twice));
        Assert.Empty(await rita.ListAsync(exceptions));
        Assert.Equal("Candidate", (await ScanAsync(ada, tenant.Id)).Finding.GetProperty("classification").GetString());

        await ada.SendAsync(HttpMethod.Put, one, Body("Service desk", "For a moment.", TimeProvider.System.GetUtcNow().AddSeconds(3)));
        List<JsonElement> events = [];
        await Deadline.UntilAsync("the end of the exception is on the trail", async () =>
            (events = await rita.ListAsync($"tenants/{tenant.Id}/audit?user={user}"))
                .Any(e => e.GetProperty("type").GetString() == "ExceptionRanOut"));

        var (gone, _, _) = await rita.SendAsync(HttpMethod.Get, one);
        Assert.Equal(HttpStatusCode.NotFound, gone);
        Assert.Equal("Candidate", (await ScanAsync(ada, tenant.Id)).Finding.GetProperty("classification").GetString());
        Assert.Equal(
            ["ExceptionRanOut", "ExceptionSet", "ExceptionRemoved", "ExceptionSet"],
            events.Select(e => e.GetProperty("type").GetString()).Where(t => t!.StartsWith("Exception", StringComparison.Ordinal)));
        Assert.Equal("Moved early.", Assert.Single(events, e => e.GetProperty("type").GetString() == "ExceptionRemoved").GetProperty("reason").GetString());
    }

    private static async Task<(JsonElement Finding, List<JsonElement> Proposals)> ScanAsync(Api operating, Guid tenant)
    {
        var scan = await operating.ScanAsync(tenant, "propose");
        var findings = await operating.ListAsync($"tenants/{tenant}/scans/{scan.GetProperty("scanId").GetString()}/findings");
        return (Assert.Single(findings), await operating.ListAsync($"tenants/{tenant}/proposals"));
    }

    private static StringContent Body(string owner, string reason, DateTimeOffset expiresAt) =>
        Api.Text(JsonSerializer.Serialize(new { owner, reason, expiresAt }));
}
