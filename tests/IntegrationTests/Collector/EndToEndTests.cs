using System.Net;
using System.Text.Json;
using Reanchor.GraphSimulator;
using Reanchor.IntegrationTests.Pipeline;
using Xunit;

namespace Reanchor.IntegrationTests.Collector;

/// <summary>From a real Active Directory through the collector's program into a scan by the real LocalHost.</summary>
public sealed class EndToEndTests(SambaDomains domains) : IDisposable
{
    private static readonly string[] OneForest = ["corp"];
    private static readonly string[] TwoForests = ["corp", "partner"];

    private readonly CollectorRun _run = new();

    [Fact]
    public async Task Scan_TenThousandUsersOfARealForest_FindsExactlyTheSeededLeftovers()
    {
        var corp = await domains.CorpAsync();
        await ExportAsync(corp, corp.Collector, SambaDomain.CollectorPassword);
        var (_, accounts) = await _run.ReadAsync();
        await using var stage = await Stage.SetAsync();
        var tenant = AddTenant(stage);
        var byName = AddUser(tenant, "u00001@corp.test", "u00001@corp.test", Guid.NewGuid());
        var byAddress = AddUser(tenant, "someone.else@corp.test", "u00002@corp.test", Guid.NewGuid());
        var disabled = AddUser(tenant, "u00010@corp.test", "u00010@corp.test", Guid.NewGuid());
        AddUser(tenant, "u00005@corp.test", "u00005@corp.test", SambaSeed.ConsistencyGuid(5));
        var recycled = AddUser(
            tenant, "u00006@corp.test", "u00006@corp.test", accounts.Single(a => a.SamAccountName == "u10001" && a.Deleted).ObjectGuid);
        AddUser(tenant, "nobody@corp.test", "nobody@corp.test", Guid.NewGuid());
        AddUser(tenant, "aliased@corp.test", "u00007.alias@corp.test", Guid.NewGuid());
        await using var host = await LocalHostProcess.StartAsync(stage.Storage, stage.Graph);
        using var ada = await RegisterAsync(host, tenant, OneForest);

        await UploadAsync(host, ada, tenant, "corp");
        var scan = await ada.ScanAsync(tenant.Id, "propose");

        Assert.Equal("completed", scan.GetProperty("status").GetString());
        var findings = (await ada.ListAsync($"tenants/{tenant.Id}/scans/{scan.GetProperty("scanId").GetString()}/findings"))
            .ToDictionary(f => f.GetProperty("userId").GetGuid());
        Assert.Equal(
            ["AnchorInUse", "AnchorInUse", "Candidate", "Candidate", "Candidate", "NoPartner", "NoPartner"],
            findings.Values.Select(f => f.GetProperty("classification").GetString()).Order());
        Assert.Equal("AnchorInUse", findings[recycled.Id].GetProperty("classification").GetString());
        AssertCandidate(findings[byName.Id], 1, "userPrincipalName,primarySmtpAddress");
        AssertCandidate(findings[byAddress.Id], 2, "primarySmtpAddress");
        AssertCandidate(findings[disabled.Id], 10, "userPrincipalName,primarySmtpAddress");

        void AssertCandidate(JsonElement finding, int number, string matchedBy)
        {
            var partner = finding.GetProperty("partner");
            Assert.Equal("Candidate", finding.GetProperty("classification").GetString());
            Assert.Equal(
                accounts.Single(a => a.SamAccountName == $"u{number:D5}" && !a.Deleted).ObjectGuid, partner.GetProperty("objectGuid").GetGuid());
            Assert.Equal(matchedBy, string.Join(',', partner.GetProperty("matchedBy").EnumerateArray().Select(m => m.GetString())));
            Assert.Equal(
                Convert.ToBase64String(SambaSeed.ConsistencyGuid(number).ToByteArray()), finding.GetProperty("expectedAnchor").GetString());
        }
    }

    [Fact]
    public async Task Scan_SecondForestMissing_HaltsAndNamesItUntilItComes()
    {
        var corp = await domains.CorpAsync();
        var partner = await domains.PartnerAsync();
        await using var stage = await Stage.SetAsync();
        var tenant = AddTenant(stage);
        AddUser(tenant, "u00001@corp.test", "u00001@corp.test", Guid.NewGuid());
        AddUser(tenant, "u00002@corp.test", "u00002@corp.test", (await PartnerAccountAsync(partner)).ObjectGuid);
        await using var host = await LocalHostProcess.StartAsync(stage.Storage, stage.Graph);
        using var ada = await RegisterAsync(host, tenant, TwoForests);
        await ExportAsync(corp, corp.Administrator, SambaDomain.AdministratorPassword);
        await UploadAsync(host, ada, tenant, "corp");

        var halted = await ada.ScanAsync(tenant.Id, "propose");
        var proposals = await ada.ListAsync($"tenants/{tenant.Id}/proposals");
        await ExportAsync(partner, partner.Administrator, SambaDomain.AdministratorPassword);
        await UploadAsync(host, ada, tenant, "partner");
        var complete = await ada.ScanAsync(tenant.Id, "propose");

        Assert.Equal("halted", halted.GetProperty("status").GetString());
        Assert.Empty(proposals);
        Assert.Single(
            await ada.ListAsync($"tenants/{tenant.Id}/audit"),
            e => e.GetProperty("type").GetString() == "ScanHalted"
                && e.GetProperty("reason").GetString()!.Contains("collector partner", StringComparison.Ordinal));
        Assert.Equal("completed", complete.GetProperty("status").GetString());
        Assert.Equal(1, complete.GetProperty("counts").GetProperty("Candidate").GetInt32());
        Assert.Equal(1, complete.GetProperty("counts").GetProperty("AnchorInUse").GetInt32());
    }

    public void Dispose() => _run.Dispose();

    private static SimulatedTenant AddTenant(Stage stage)
    {
        var tenant = stage.Cloud.AddTenant("Corp", "corptest.onmicrosoft.com");
        tenant.AddDomain("corp.test", isDefault: true);
        tenant.OnPremisesSyncEnabled = true;
        tenant.OnPremisesLastSyncDateTime = TimeProvider.System.GetUtcNow();
        BulkUsers.AddTo(tenant, plain: 50, leftovers: 0);
        return tenant;
    }

    private static SimulatedUser AddUser(SimulatedTenant tenant, string upn, string address, Guid anchor) => tenant.AddUser(new()
    {
        UserPrincipalName = upn,
        DisplayName = upn,
        Mail = address,
        ProxyAddresses = [$"SMTP:{address}"],
        OnPremisesImmutableId = Convert.ToBase64String(anchor.ToByteArray()),
    });

    private static async Task<Api> RegisterAsync(LocalHostProcess host, SimulatedTenant tenant, string[] collectors)
    {
        var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer", "Operate"]);
        await ada.PutAsync($"tenants/{tenant.Id}", new { displayName = "Corp", mode = "propose", collectors });
        return ada;
    }

    private async Task ExportAsync(SambaDomain domain, string user, string password)
    {
        var exported = await _run.ExportAsync(domain, user, password);
        Assert.True(exported == 0, _run.Errors);
    }

    /// <summary>Uploads what was exported last, with a key made for it.</summary>
    private async Task UploadAsync(LocalHostProcess host, Api ada, SimulatedTenant tenant, string collector)
    {
        var issued = await ada.PostAsync($"tenants/{tenant.Id}/collectors/{collector}/key", new { }, HttpStatusCode.Created);
        var uploaded = await _run.UploadAsync($"{host.Origin}api", issued.GetProperty("key").GetString()!, $"{tenant.Id}", collector);
        Assert.True(uploaded == 0, _run.Errors);
    }

    private async Task<Inventories.DirectoryAccount> PartnerAccountAsync(SambaDomain partner)
    {
        await _run.ExportAsync(partner, partner.Administrator, SambaDomain.AdministratorPassword);
        var (_, accounts) = await _run.ReadAsync();
        return accounts.First(a => a.SamAccountName == "u00003");
    }
}
