using System.Text.Json;
using Reanchor.Queueing;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>One scan is one trace, from the timer to the verification, although a person decides in between and four queues lie on the way.</summary>
public sealed class TraceTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task Pipeline_FromTimerToVerification_IsOneTraceWithIdsAlone()
    {
        await using var stage = await Stage.SetAsync();
        var tenant = stage.AddTenant("Tailspin", leftovers: 1);
        var user = tenant.Users.Single(u => u.OnPremisesImmutableId is not null);
        var (upn, anchor) = (user.UserPrincipalName, user.OnPremisesImmutableId!);
        await using var host = await LocalHostProcess.StartTracedAsync(
            stage.Storage,
            stage.Graph,
            _file,
            ("ScanSchedule", "*/5 * * * * *"),
            ("Reanchor__VerificationFirstDelay", "00:00:01"),
            ("Reanchor__VerificationMaxDelay", "00:00:01"));
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer", "Upload"]);
        using var piet = await Api.SignInAsync(host.Origin, "piet", ["Approve"], $"{tenant.Id}");
        await Stage.RegisterAsync(ada, tenant, "propose");

        List<JsonElement> proposals = [];
        await Deadline.UntilAsync(
            "the timer's scan has proposed", async () => (proposals = await piet.ListAsync($"tenants/{tenant.Id}/proposals")).Count == 1);
        var id = proposals[0].GetProperty("proposalId").GetString()!;
        await piet.PostAsync(
            $"tenants/{tenant.Id}/proposals/{id}/decision",
            new { decision = "approve", digest = proposals[0].GetProperty("digest").GetString(), reason = "same person" });
        await StatusAsync("cleared");
        tenant.RunSync();
        await StatusAsync("verified");

        IReadOnlyList<TraceLine> lines = [];
        await Deadline.UntilAsync("the verification's span has ended", () =>
        {
            lines = TraceLines.Read(_file);
            return Task.FromResult(lines.Any(l => l.Name == "VerifyClear"));
        });
        var verification = lines.First(l => l.Name == "VerifyClear");
        var trace = lines.Where(l => l.Trace == verification.Trace).ToList();
        Assert.Equal(
            ["ApplyClear", "ProposeClear", "ScanTenant", "ScanTenants", "VerifyClear"], trace.Select(l => l.Name).Distinct().Order());
        Assert.Equal(
            [QueueNames.Candidates, QueueNames.Clears, QueueNames.Scans, QueueNames.Verifications],
            trace.Select(l => l.Attributes.GetValueOrDefault("reanchor.queue")).OfType<string>().Distinct().Order());
        Assert.Equal("", Assert.Single(trace, l => l.Name == "ScanTenants").Parent);
        Assert.All(trace.Where(l => l.Name != "ScanTenants"), l => Assert.Contains(trace, parent => parent.Id == l.Parent));
        var clear = trace.First(l => l.Name == "ApplyClear").Attributes;
        Assert.Equal(($"{tenant.Id}", id, "reanchor-clears"), (clear["reanchor.tenant"], clear["reanchor.subject"], clear["reanchor.queue"]));
        Assert.DoesNotContain(trace, l => l.Name == "DecideProposal");

        var everything = await File.ReadAllTextAsync(_file, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(upn, everything, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(anchor, everything, StringComparison.Ordinal);

        Task StatusAsync(string status) => Deadline.UntilAsync($"the proposal is {status}", async () =>
            (await piet.ListAsync($"tenants/{tenant.Id}/proposals")).Single().GetProperty("status").GetString() == status);
    }
}
