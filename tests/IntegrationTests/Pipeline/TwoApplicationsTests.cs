using Reanchor.GraphSimulator;
using Reanchor.Preflight;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

public sealed class TwoApplicationsTests
{
    private static readonly string Writer = $"{SimulatedCloud.WriterId}";

    /// <summary>Each application is granted its part of docs/permissions.md and no more, so a request of the wrong one would be refused too.</summary>
    [Fact]
    public async Task WholeStory_ReaderAndWriter_OnlyWhatFollowsAnApprovalUsesTheWriter()
    {
        await using var stage = await Stage.SetAsync();
        var tenant = stage.AddTenant("Tailspin", leftovers: 2);
        tenant.Settings = tenant.Settings with
        {
            UsesCloudSync = true,
            Permissions = [.. DirectoryPermissions.All.Where(p => p.Uses.Contains(DirectoryUse.Read)).Select(p => p.Name)],
            WriterPermissions = [.. DirectoryPermissions.All.Where(p => p.Uses.Contains(DirectoryUse.Write)).Select(p => p.Name)],
        };
        await using var run = await ClearingRun.StartAsync(
            tenant,
            stage,
            [
                .. ClearingRun.VerifiesSoon,
                ("Graph__ClientId", $"{SimulatedCloud.ApplicationId}"),
                ("Graph__Writer__Credential", "None"),
                ("Graph__Writer__ClientId", Writer),
            ]);

        var proposals = await run.ProposeAsync(2);
        await run.Ada.GetAsync($"{run.Path}/preflight");
        await run.Ada.GetAsync($"{run.Path}/users/{proposals[0].GetProperty("userId").GetString()}/diagnosis");
        var consent = (await run.Ada.GetAsync($"{run.Path}/consent")).GetProperty("applications").EnumerateArray().ToList();
        var usedBeforeApproval = tenant.Requests.Count(r => r.AppId == Writer);

        var outOfScope = tenant.Forests[0].Accounts.Single(a => a.UserPrincipalName == proposals[1].GetProperty("userPrincipalName").GetString());
        tenant.Forests[0].UpdateAccount(outOfScope.ObjectGuid, account => account with { InScope = false });
        await run.ApproveAsync(proposals);
        await run.StatusAsync(proposals[0], "verified");
        await run.StatusAsync(proposals[1], "cleared");
        await run.Piet.PostAsync($"{run.Of(proposals[1])}/restore-anchor", new { reason = "wrong user" }, System.Net.HttpStatusCode.Accepted);
        await run.StatusAsync(proposals[1], "restored");

        Assert.Equal(0, usedBeforeApproval);
        Assert.Equal(3, run.Writes.Count);
        Assert.All(tenant.Requests.Where(r => r.AppId == Writer), r => Assert.True(
            r.Method == "PATCH" || r.Target.Contains("/synchronization/", StringComparison.Ordinal), $"{r.Method} {r.Target}"));
        Assert.All(tenant.Requests.Where(r => r.AppId != Writer), r => Assert.True(
            r.Method == "GET" || r.Target.EndsWith("$batch", StringComparison.Ordinal), $"{r.Method} {r.Target}"));
        Assert.Contains(tenant.Requests, r => r.Target.EndsWith("/provisionOnDemand", StringComparison.Ordinal));

        Assert.Equal(["read", "write"], consent.Select(a => a.GetProperty("uses")[0].GetString()));
        Assert.Equal(
            [
                $"https://login.microsoftonline.com/{tenant.Id}/adminconsent?client_id={SimulatedCloud.ApplicationId}",
                $"https://login.microsoftonline.com/{tenant.Id}/adminconsent?client_id={Writer}",
            ],
            consent.Select(a => a.GetProperty("consentAddress").GetString()));
        Assert.All(consent, a => Assert.Equal(System.Text.Json.JsonValueKind.Null, a.GetProperty("signInProblem").ValueKind));
        Assert.All(consent, a => Assert.Equal(0, a.GetProperty("notNeeded").GetArrayLength()));
        Assert.Equal(
            [DirectoryPermissions.SyncBehavior, DirectoryPermissions.UserWrite, DirectoryPermissions.SynchronizationWrite],
            consent[1].GetProperty("permissions").EnumerateArray().Select(p => p.GetProperty("permission").GetString()));
        Assert.All(consent.SelectMany(a => a.GetProperty("permissions").EnumerateArray()), p => Assert.True(
            p.GetProperty("state").GetString() == "granted", $"{p}"));
    }
}
