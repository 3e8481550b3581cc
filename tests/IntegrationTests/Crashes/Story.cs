using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Reanchor.GraphSimulator;
using Reanchor.IntegrationTests.Pipeline;
using Xunit;

namespace Reanchor.IntegrationTests.Crashes;

/// <summary>
/// One tenant with two leftovers, from the scan to the end: the first user is cleared and restored, the second cleared and verified. The
/// directory gives one user a page, and the last page has none to propose.
/// Every act looks at what is there first, so the story goes on after a crash as a person would go on.
/// </summary>
internal sealed class Story
{
    private readonly RelayedHost _host;
    private readonly SimulatedTenant _tenant;
    private readonly SimulatedUser _restored;
    private readonly SimulatedUser _verified;
    private readonly StoryLog _log;
    private readonly TableClient _trail;
    private bool _recordedFirst = true;

    private Story(RelayedHost host, SimulatedTenant tenant)
    {
        (_host, _tenant) = (host, tenant);
        var leftovers = tenant.Users.Where(u => u.OnPremisesImmutableId is not null).ToList();
        (_restored, _verified) = (leftovers[0], leftovers[1]);
        _log = new(tenant.Id, _restored.Id, _verified.Id);
        _trail = new(host.Stage.Storage, "ReanchorAudit");
    }

    private string Path => $"tenants/{_tenant.Id}";

    /// <summary>A tenant of its own, registered and with its inventory.</summary>
    public static async Task<Story> PrepareAsync(RelayedHost host, string name)
    {
        var tenant = host.Stage.AddTenant(name, leftovers: 2, plainUsers: 40);
        var guest = $"guest@{name.ToLowerInvariant()}.example";
        tenant.AddUser(new() { UserPrincipalName = guest, DisplayName = "Guest", UserType = "Guest", OnPremisesImmutableId = AdAccount.ToAnchor(Guid.NewGuid()) });
        tenant.Settings = tenant.Settings with { LargestUserPage = 1 };
        await host.CallAsync("ada", ["Administer", "Upload"], async ada =>
        {
            await Stage.RegisterAsync(ada, tenant, "propose");
            return true;
        });
        return new(host, tenant);
    }

    /// <param name="strike">What goes wrong; <see langword="null"/> for nothing.</param>
    /// <returns>The steps of this run, in the order of the writes.</returns>
    public async Task<IReadOnlyList<string>> PlayAsync(Strike? strike)
    {
        _host.Relay.Cuts = write => Look(write, strike);

        try
        {
            await PlayAsync();
            return _log.Steps;
        }
        finally
        {
            _host.Relay.Cuts = null;
        }
    }

    /// <summary>Takes the tenant away, so that maintenance has less to look after.</summary>
    public Task<HttpStatusCode> CloseAsync() => _host.CallAsync(
        "ada", ["Administer", "Upload"], async ada => (await ada.SendAsync(HttpMethod.Delete, Path)).Status);

    private async Task PlayAsync()
    {
        await ScanAsync();
        await ApproveAsync(_restored);
        await UntilAsync(_restored, "cleared", "restoring", "restored");
        await RestoreAsync();
        await UntilAsync(_restored, "restored");
        await ApproveAsync(_verified);
        await UntilAsync(_verified, "cleared");
        await _host.UntilAsync("a first look has found no match", () => Task.FromResult(_log.Steps.Contains("DELETE reanchor-verifications verified")));
        _tenant.RunSync();
        await UntilAsync(_verified, "verified");
        await AssertEndAsync();
    }

    private Cut? Look(RelayedWrite write, Strike? strike)
    {
        if (_log.Add(write) is not { } step)
        {
            return null;
        }

        if (step.StartsWith("PATCH", StringComparison.Ordinal))
        {
            // Straight from storage, at this very moment: the trail must have the old values before the directory loses them.
            var user = write.About.Contains($"{_restored.Id}", StringComparison.OrdinalIgnoreCase) ? _restored : _verified;
            var kept = _trail.Query<TableEntity>($"Type eq 'ClearStarted' and UserId eq '{user.Id:D}'")
                .Count(row => row.PartitionKey.StartsWith($"{_tenant.Id}", StringComparison.OrdinalIgnoreCase)
                    && row.GetString("Json0").Contains(JsonSerializer.Serialize(user.OnPremisesImmutableId), StringComparison.Ordinal));
            _recordedFirst &= kept == 1;
        }

        return strike?.At(step, _host);
    }

    private async Task ScanAsync()
    {
        var scan = await _host.CallAsync("olga", ["Operate"], async olga =>
        {
            var content = JsonContent.Create(new { mode = "propose" });
            content.Headers.TryAddWithoutValidation("Idempotency-Key", "the-scan");
            var (status, body, _) = await olga.SendAsync(HttpMethod.Post, $"{Path}/scans", content);
            Assert.True(status == HttpStatusCode.Accepted, $"The scan was answered {(int)status}: {body}");
            return body.GetProperty("scanId").GetString();
        });
        await _host.UntilAsync("both are proposed", async () => (await _host.ListAsync($"{Path}/proposals")).Count == 2);
        await _host.UntilAsync("the scan has completed", async () =>
            (await _host.ListAsync($"{Path}/scans")).Single().GetProperty("status").GetString() == "completed");
        Assert.Equal(scan, (await _host.ListAsync($"{Path}/scans")).Single().GetProperty("scanId").GetString());
    }

    private Task<bool> ApproveAsync(SimulatedUser user) => _host.CallAsync("piet", ["Approve"], async piet =>
    {
        var proposal = Assert.Single(await piet.ListAsync($"{Path}/proposals"), p => UserOf(p) == user.Id);

        if (proposal.GetProperty("status").GetString() == "pending")
        {
            await piet.PostAsync(
                $"{Path}/proposals/{proposal.GetProperty("proposalId").GetString()}/decision",
                new { decision = "approve", digest = proposal.GetProperty("digest").GetString(), reason = "same person" });
        }

        return true;
    });

    private Task RestoreAsync() => _host.UntilAsync("a restore is accepted", () => _host.CallAsync("piet", ["Approve"], async piet =>
    {
        var proposal = Assert.Single(await piet.ListAsync($"{Path}/proposals"), p => UserOf(p) == _restored.Id);

        if (proposal.GetProperty("status").GetString() != "cleared")
        {
            return true;
        }

        var (status, body, _) = await piet.SendAsync(
            HttpMethod.Post,
            $"{Path}/proposals/{proposal.GetProperty("proposalId").GetString()}/restore-anchor",
            JsonContent.Create(new { reason = "wrong person" }));

        // A look of the verification may have changed the proposal at that moment; the answer asks for another try.
        Assert.True(status is HttpStatusCode.Accepted or HttpStatusCode.Conflict, $"The restore was answered {(int)status}: {body}");
        return status is HttpStatusCode.Accepted;
    }));

    private Task UntilAsync(SimulatedUser user, params string[] statuses) => _host.UntilAsync(
        $"{user.DisplayName} is {statuses[0]}",
        async () =>
        {
            var proposal = (await _host.ListAsync($"{Path}/proposals")).Single(p => UserOf(p) == user.Id);
            return statuses.Contains(proposal.GetProperty("status").GetString());
        });

    private async Task AssertEndAsync()
    {
        await _host.UntilAsync("the trail is complete", async () => (await TrailAsync()).Count >= 13);
        var trail = await TrailAsync();

        Assert.Equal(["ScanCompleted", "ScanRequested"], trail.Where(e => e.User is null).Select(e => e.Type).Order());
        Assert.Equal(
            ["ClearProposed", "ProposalApproved", "ClearStarted", "AnchorCleared", "RestoreRequested", "AnchorRestored"],
            trail.Where(e => e.User == _restored.Id).Select(e => e.Type));
        Assert.Equal(
            ["ClearProposed", "ProposalApproved", "ClearStarted", "AnchorCleared", "MatchVerified"],
            trail.Where(e => e.User == _verified.Id).Select(e => e.Type));
        Assert.Equal(_restored.OnPremisesImmutableId, _tenant.FindUser(_restored.Id)!.OnPremisesImmutableId);
        Assert.NotEqual(_verified.OnPremisesImmutableId, _tenant.FindUser(_verified.Id)!.OnPremisesImmutableId);
        Assert.True(_tenant.FindUser(_verified.Id)!.OnPremisesSyncEnabled);
        Assert.Equal(
            [(_restored.Id, "null"), (_restored.Id, "anchor"), (_verified.Id, "null")],
            _tenant.Requests.Where(r => r.Method == "PATCH").Select(r => (
                Guid.Parse(r.Target.Split('/')[^1]), r.Body.EndsWith(":null}", StringComparison.Ordinal) ? "null" : "anchor")));
        Assert.True(_recordedFirst, "A PATCH was sent before the trail had the old anchor.");
        var verdict = await _host.CallAsync("reader", ["Read"], api => api.GetAsync($"{Path}/audit/verify"));
        Assert.True(verdict.GetProperty("intact").GetBoolean(), verdict.ToString());
    }

    /// <summary>Oldest first, and without what came before the scan.</summary>
    private async Task<List<(string Type, Guid? User)>> TrailAsync() =>
    [
        .. (await _host.ListAsync($"{Path}/audit?top=1000"))
            .Select(e => (e.GetProperty("type").GetString()!, e.GetProperty("userId") is { ValueKind: JsonValueKind.String } user ? user.GetGuid() : (Guid?)null))
            .Where(e => e.Item1 is not ("TenantRegistered" or "InventoryAccepted"))
            .Reverse(),
    ];

    private static Guid UserOf(JsonElement proposal) => proposal.GetProperty("userId").GetGuid();
}
