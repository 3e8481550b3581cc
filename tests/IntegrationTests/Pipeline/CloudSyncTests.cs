using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

public sealed class CloudSyncTests
{
    /// <summary>Nobody runs a sync cycle here: the match comes from provisioning on demand alone.</summary>
    [Fact]
    public async Task Clear_TenantWithCloudSync_IsVerifiedWithoutASyncCycle()
    {
        await using var stage = await Stage.SetAsync();
        var tenant = stage.AddTenant("Munson", leftovers: 1);
        tenant.Settings = tenant.Settings with { UsesCloudSync = true };
        await using var host = await LocalHostProcess.StartAsync(
            stage.Storage, stage.Graph, ("Reanchor__VerificationFirstDelay", "00:00:01"), ("Reanchor__VerificationMaxDelay", "00:00:02"));
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer", "Operate", "Upload"]);
        using var piet = await Api.SignInAsync(host.Origin, "piet", ["Approve"]);
        await Stage.RegisterAsync(ada, tenant, "propose");
        await ada.ScanAsync(tenant.Id, "propose");

        await Deadline.UntilAsync("there is a proposal", async () => (await piet.ListAsync($"tenants/{tenant.Id}/proposals")).Count == 1);
        var proposal = (await piet.ListAsync($"tenants/{tenant.Id}/proposals"))[0];
        await piet.PostAsync(
            $"tenants/{tenant.Id}/proposals/{proposal.GetProperty("proposalId").GetString()}/decision",
            new { decision = "approve", digest = proposal.GetProperty("digest").GetString(), reason = "same person" });
        await Deadline.UntilAsync("it is verified", async () =>
            (await piet.ListAsync($"tenants/{tenant.Id}/proposals?status=verified")).Count == 1);

        Assert.Equal(
            "CN=leftover0000000,OU=People,DC=corp,DC=munson,DC=example",
            proposal.GetProperty("partner").GetProperty("distinguishedName").GetString());
        Assert.Single(tenant.Requests, r => r.Target.EndsWith("/provisionOnDemand", StringComparison.Ordinal));
        var told = Assert.Single(
            await ada.ListAsync($"tenants/{tenant.Id}/audit"), e => e.GetProperty("type").GetString() == "ProvisioningRequested");
        Assert.Equal("""{"outcome":"provisioned"}""", told.GetProperty("details").GetRawText());
    }
}
