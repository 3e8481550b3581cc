using System.Net;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>The answers of the running API are those that its description promises.</summary>
public sealed class ApiDescriptionTests
{
    private const string Person = "77777777-0000-4000-8000-000000000001";

    [Fact]
    public async Task Answers_OfEveryRead_AreAsDescribed()
    {
        await using var stage = await Stage.SetAsync();
        await using var run = await ClearingRun.StartAsync(stage.AddTenant("Contour", leftovers: 3), stage, ClearingRun.VerifiesLater);
        using var rita = await run.SignInAsync("rita", "Read");
        var api = await DescribedApi.ReadAsync(rita);
        var (ada, piet, at) = (run.Ada, run.Piet, run.Path);

        var proposals = await run.ProposeAsync(3);
        var (user, one) = (proposals[0].GetProperty("userId").GetString(), run.Of(proposals[0]));
        var scan = proposals[0].GetProperty("scanId").GetString();

        await api.SendAsync(ada, "PutAccess", $"access/{Person}", new { kind = "person", tenants = (string[])["*"], reason = "new here", directoryId = Person });
        await api.SendAsync(ada, "IssueCollectorKey", $"{at}/collectors/corp/key", new { });
        await api.SendAsync(
            ada, "PutException", $"{at}/exceptions/{Person}", new { owner = "Desk", reason = "waits", expiresAt = TimeProvider.System.GetUtcNow().AddDays(3) });
        await api.SendAsync(ada, "PutInventory", $"{at}/inventories/corp", content: await InventoryAsync(run));
        await api.SendAsync(piet, "DecideProposal", $"{one}/decision", ClearingRun.Approval(proposals[0]));
        await api.SendAsync(piet, "DecideProposals", $"{at}/decisions", new
        {
            decisions = new[]
            {
                new { proposalId = proposals[1].GetProperty("proposalId"), decision = "reject", digest = proposals[1].GetProperty("digest"), reason = "no" },
                new { proposalId = proposals[1].GetProperty("proposalId"), decision = "approve", digest = proposals[1].GetProperty("digest"), reason = "late" },
            },
        });
        await run.StatusAsync(proposals[0], "cleared");
        await api.SendAsync(piet, "PauseTenant", $"{at}/pause", new { reason = "look first" });
        await api.SendAsync(piet, "StopEverything", "stop", new { reason = "look first" });
        await api.SendAsync(piet, "RequestRestore", $"{one}/restore-anchor", new { reason = "wrong user" });

        foreach (var (operation, path) in Reads(at, scan!, one, user!))
        {
            await api.SendAsync(ada, operation, path);
        }

        await api.SendAsync(ada, "LiftStop", "stop/lift", new { reason = "looked" });
        await api.SendAsync(ada, "ResumeTenant", $"{at}/resume", new { reason = "looked" });
        await api.SendAsync(ada, "PutTenant", at, new { displayName = "Contour", collectors = (string[])["corp"] });
        await api.SendAsync(ada, "StartScan", $"{at}/scans", new { mode = "report" });
        await api.RefusedAsync(rita, "GetTenant", $"tenants/{Person}", HttpStatusCode.NotFound);
        await api.RefusedAsync(rita, "ListAccess", "access", HttpStatusCode.Forbidden);

        Assert.Equal(api.Reads, api.Checked.Intersect(api.Reads).Order(StringComparer.Ordinal));
    }

    private static (string Operation, string Path)[] Reads(string at, string scan, string proposal, string user) =>
    [
        ("GetHealth", "health"),
        ("GetMe", "me"),
        ("GetOpenApi", "openapi.json"),
        ("GetConsole", "console/index.html"),
        ("GetConsole", "console/settings.json"),
        ("GetOverview", "overview"),
        ("GetStop", "stop"),
        ("ListAccess", "access"),
        ("GetAccess", $"access/{Person}"),
        ("ListUnassignedAudit", "audit"),
        ("VerifyUnassignedAudit", "audit/verify"),
        ("ListUnassignedPoison", "poison"),
        ("ListTenants", "tenants"),
        ("GetTenant", at),
        ("ListAudit", $"{at}/audit"),
        ("VerifyAudit", $"{at}/audit/verify"),
        ("ListCollectors", $"{at}/collectors"),
        ("GetCollectorWork", $"{at}/collectors/corp/work"),
        ("ReadConsent", $"{at}/consent"),
        ("ListExceptions", $"{at}/exceptions"),
        ("GetException", $"{at}/exceptions/{Person}"),
        ("ListInventories", $"{at}/inventories"),
        ("ListPoison", $"{at}/poison"),
        ("ReadPreflight", $"{at}/preflight"),
        ("ListProposals", $"{at}/proposals"),
        ("GetProposal", proposal),
        ("PlanHardMatch", $"{proposal}/hard-match"),
        ("ListScans", $"{at}/scans"),
        ("GetScan", $"{at}/scans/{scan}"),
        ("ListFindings", $"{at}/scans/{scan}/findings"),
        ("GetReport", $"{at}/scans/{scan}/report?format=json"),
        ("DiagnoseUser", $"{at}/users/{user}/diagnosis"),
    ];

    private static async Task<HttpContent> InventoryAsync(ClearingRun run) =>
        new ByteArrayContent(await Stage.InventoryAsync(run.Tenant)) { Headers = { ContentType = new("application/x-ndjson") } };
}
