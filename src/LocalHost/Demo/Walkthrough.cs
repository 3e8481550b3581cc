using System.Net;
using System.Text.Json;
using Reanchor.Anchors;
using Reanchor.GraphSimulator;
using Spectre.Console;

namespace Reanchor.LocalHost.Demo;

/// <summary>
/// Plays the whole story without a person: the misleading error, the scan, the proposals, the approvals, the clears, the next sync,
/// the proof, one restore, and the trail. Everything goes through the HTTP API; every claim is checked against the directory.
/// </summary>
internal sealed class Walkthrough(DemoApp demo, SimulatedTenant tenant)
{
    private const string ClearBody = """{"onPremisesImmutableId":null}""";

    private readonly Story _story = new();
    private readonly string _tenantPath = $"tenants/{tenant.Id}";

    public static async Task<int> RunAsync(LocalHostArguments arguments, CancellationToken cancellationToken)
    {
        AnsiConsole.MarkupLine("[bold]Reanchor walkthrough.[/] A simulated tenant, a simulated AD; the rest is what you would deploy.");
        await using var demo = await DemoApp.StartAsync(arguments, cancellationToken);
        var tenant = demo.Cloud.Tenants.Single(t => t.DisplayName == "Contoso");
        var walkthrough = new Walkthrough(demo, tenant);

        try
        {
            await walkthrough.PlayAsync(cancellationToken);
        }
        catch (Exception ex) when (ex is InvalidOperationException or TimeoutException)
        {
            walkthrough._story.Check(false, ex.Message);
        }

        var story = walkthrough._story;
        AnsiConsole.Write(new Rule());
        AnsiConsole.MarkupLine(story.Failed == 0
            ? $"[green]The story came out right: {story.Passed} checks held.[/]"
            : $"[red]{story.Failed} of {story.Passed + story.Failed} checks did not hold.[/]");
        return story.Failed == 0 ? 0 : 1;
    }

    private async Task PlayAsync(CancellationToken cancellationToken)
    {
        using var ada = demo.SignIn("Ada", "Administer", "Upload");
        using var olga = demo.SignIn("Olga", "Operate", "Approve");
        using var piet = demo.SignIn("Piet", "Approve");

        var refused = ShowTheProblem();
        await RegisterAsync(ada, cancellationToken);
        await ScanAsync(olga, "report", cancellationToken);
        await ada.PutAsync(_tenantPath, await ProposingAsync(ada, cancellationToken), cancellationToken);
        var proposals = await ProposeAsync(olga, refused, cancellationToken);
        await ApproveAsync(olga, piet, proposals, cancellationToken);
        await ShowClearsAsync(piet, proposals, cancellationToken);
        await RestoreAsync(piet, proposals[^1], cancellationToken);
        await VerifyAsync(piet, proposals.SkipLast(1).ToList(), cancellationToken);
        await ShowTrailAsync(piet, proposals[0], cancellationToken);
    }

    private List<SyncResult> ShowTheProblem()
    {
        _story.Step("The sync complains, and the usual tools find nothing");
        Story.Say($"{tenant.DisplayName} has connected the new forest {string.Join(", ", tenant.Forests.Select(f => f.Name))}. A sync cycle runs:");
        var failed = tenant.RunSync().Results.Where(r => r.Error is not null).ToList();

        foreach (var error in failed.GroupBy(r => r.Error!))
        {
            Story.Say($"{error.Key.Name}: {error.Key.Message}");
            Story.Show("for", string.Join(", ", error.Select(r => r.UserPrincipalName.Split('@')[0])));
        }

        _story.Check(failed.Count > 0, "some accounts do not match, and the error does not say why");
        return failed;
    }

    private async Task RegisterAsync(ReanchorClient ada, CancellationToken cancellationToken)
    {
        _story.Step("Ada registers the tenant; the collector hands in its inventory");
        await SampleRegistration.RegisterAsync(ada, tenant, "report", cancellationToken);

        foreach (var (forest, count) in await SampleRegistration.UploadAsync(ada, tenant, cancellationToken))
        {
            Story.Show(forest, $"{count} accounts");
        }

        var registered = await ada.GetAsync(_tenantPath, cancellationToken);
        _story.Check(Text(registered, "mode") == "report", "a new tenant is only reported on");
    }

    private async Task<IReadOnlyList<JsonElement>> ScanAsync(
        ReanchorClient olga, string mode, CancellationToken cancellationToken)
    {
        _story.Step("Olga scans: who carries a leftover anchor, and who only looks like it");
        var scan = await Waiting.ForScanAsync(olga, tenant.Id, tenant.DisplayName, mode, cancellationToken);
        var findings = await olga.ListAsync($"{_tenantPath}/scans/{Text(scan, "scanId")}/findings", cancellationToken);
        Story.Say($"{scan.GetProperty("usersRead").GetInt32()} users with an anchor that are not synced, in {scan.GetProperty("requests").GetInt32()} requests:");
        FindingTable.Write(findings);

        _story.Check(Text(scan, "status") == "completed", "the scan completed");
        _story.Check(
            findings.Select(f => Text(f, "classification")).Distinct().Count() > 5, "each look-alike has its own reason");
        _story.Check(
            (await olga.ListAsync($"{_tenantPath}/proposals", cancellationToken)).Count == 0, "nothing is proposed in report mode");
        return findings;
    }

    private async Task<object> ProposingAsync(ReanchorClient ada, CancellationToken cancellationToken)
    {
        var settings = JsonSerializer.SerializeToNode(await ada.GetAsync(_tenantPath, cancellationToken))!;
        settings["mode"] = "propose";
        return settings;
    }

    private async Task<List<JsonElement>> ProposeAsync(
        ReanchorClient olga, List<SyncResult> refused, CancellationToken cancellationToken)
    {
        _story.Step("Ada lets the tenant propose; Olga scans again");
        var scan = await Waiting.ForScanAsync(olga, tenant.Id, tenant.DisplayName, "propose", cancellationToken);
        var expected = scan.GetProperty("counts").GetProperty("Candidate").GetInt32();
        var proposals = await Waiting.ForAsync(
            "Proposing",
            () => olga.ListAsync($"{_tenantPath}/proposals?status=pending", cancellationToken),
            pending => pending.Count >= expected,
            cancellationToken);

        foreach (var proposal in proposals)
        {
            Story.Say($"{Text(proposal, "displayName")} ({Text(proposal, "userPrincipalName")})");
            Story.Show("anchor to clear", Text(proposal, "anchor"));
            Story.Show("will match     ", $"{Text(proposal.GetProperty("partner"), "samAccountName")}, new anchor {Text(proposal, "expectedAnchor")}");
            Story.Show("prediction     ", Text(proposal, "prediction"));
        }

        _story.Check(proposals.Count == expected, $"{expected} candidates, {proposals.Count} proposals");
        _story.Check(
            proposals.All(p => refused.Any(r => r.ObjectGuid == p.GetProperty("partner").GetProperty("objectGuid").GetGuid())),
            "each is one of the accounts that the sync complained of");
        return [.. proposals];
    }

    private async Task ApproveAsync(
        ReanchorClient olga, ReanchorClient piet, List<JsonElement> proposals, CancellationToken cancellationToken)
    {
        _story.Step("Nobody approves what they requested");
        var body = new { decision = "approve", digest = Text(proposals[0], "digest"), reason = "I am in a hurry" };
        var (status, problem) = await olga.TryAsync(
            HttpMethod.Post, $"{_tenantPath}/proposals/{Text(proposals[0], "proposalId")}/decision", JsonContent.Create(body), cancellationToken);
        Story.Show("Olga", $"{(int)status} {Text(problem, "detail")}");
        _story.Check(status == HttpStatusCode.Forbidden, "Olga, who asked for the scan, may not approve it");

        var decisions = proposals.Select(p => new
        {
            proposalId = Text(p, "proposalId"),
            decision = "approve",
            digest = Text(p, "digest"),
            reason = "Compared with AD: the same person",
        });
        var answer = await piet.PostAsync($"{_tenantPath}/decisions", new { decisions }, cancellationToken);

        foreach (var item in answer.GetProperty("items").EnumerateArray())
        {
            Story.Show("Piet", $"{Text(item, "proposalId")}: {Text(item, "outcome")}");
        }

        _story.Check(
            answer.GetProperty("items").EnumerateArray().All(i => Text(i, "outcome") == "recorded"),
            "Piet approves, naming the digest of what he saw");
    }

    private async Task ShowClearsAsync(
        ReanchorClient piet, List<JsonElement> proposals, CancellationToken cancellationToken)
    {
        _story.Step("The anchors are cleared, after the old values are on record");
        await Waiting.ForStatusAsync(
            "Clearing", piet, tenant.Id, [.. proposals.Select(p => Text(p, "proposalId"))], "cleared", cancellationToken);

        foreach (var proposal in proposals)
        {
            var userId = proposal.GetProperty("userId").GetGuid();
            var patch = tenant.Requests.Single(r => r.Method == "PATCH" && r.Target.Contains(userId.ToString(), StringComparison.Ordinal));
            var started = await EventAsync(piet, userId, "ClearStarted", cancellationToken);

            Story.Say($"{Text(proposal, "userPrincipalName")}");
            Story.Show("old value kept", Text(started.GetProperty("details"), "oldAnchor"));
            Story.Show("body sent     ", $"{patch.Body}  (answer {patch.Status})");
            _story.Check(patch.Body == ClearBody, "the body is exactly that");
            _story.Check(
                Text(started.GetProperty("details"), "oldAnchor") == Text(proposal, "anchor")
                && started.GetProperty("at").GetDateTimeOffset() <= patch.ReceivedAt,
                "the old value was on record before the request");
        }

        var ids = proposals.Select(p => p.GetProperty("userId").GetGuid()).ToHashSet();
        _story.Check(
            tenant.Requests.Count(r => r.Method == "PATCH") == proposals.Count && tenant.Users.Where(u => ids.Contains(u.Id)).All(u => u.OnPremisesImmutableId is null),
            "these users have no anchor any more, and nobody else was touched");
    }

    private async Task RestoreAsync(ReanchorClient piet, JsonElement proposal, CancellationToken cancellationToken)
    {
        _story.Step("One of them is put back, while that is still possible");
        var id = Text(proposal, "proposalId");
        await piet.PostAsync($"{_tenantPath}/proposals/{id}/restore-anchor", new { reason = "The customer changed their mind" }, cancellationToken);
        await Waiting.ForStatusAsync("Restoring", piet, tenant.Id, [id], "restored", cancellationToken);
        var anchor = UserOf(proposal).OnPremisesImmutableId;
        Story.Show(Text(proposal, "userPrincipalName"), anchor);
        _story.Check(anchor == Text(proposal, "anchor"), "the anchor is back, to the letter");
    }

    private async Task VerifyAsync(ReanchorClient piet, List<JsonElement> proposals, CancellationToken cancellationToken)
    {
        _story.Step("The next sync matches, and Reanchor proves it");
        var report = tenant.RunSync();
        Story.Say($"Sync: {report.Count(SyncOutcome.SoftMatched)} matched.");
        await Waiting.ForStatusAsync(
            "Verifying", piet, tenant.Id, [.. proposals.Select(p => Text(p, "proposalId"))], "verified", cancellationToken);

        foreach (var proposal in proposals)
        {
            var user = UserOf(proposal);
            var objectGuid = proposal.GetProperty("partner").GetProperty("objectGuid").GetGuid();
            Story.Say(user.UserPrincipalName);
            Story.Show("AD objectGUID  ", objectGuid.ToString());
            Story.Show("its Base64     ", SourceAnchor.FromGuid(objectGuid).Value);
            Story.Show("new ImmutableID", user.OnPremisesImmutableId);
            _story.Check(
                user.OnPremisesSyncEnabled is true && user.OnPremisesImmutableId == SourceAnchor.FromGuid(objectGuid).Value,
                "synced, and the new ImmutableID is the Base64 of the AD objectGUID");
        }
    }

    private async Task ShowTrailAsync(ReanchorClient piet, JsonElement proposal, CancellationToken cancellationToken)
    {
        _story.Step($"The audit trail of {Text(proposal, "userPrincipalName")}");
        var events = (await piet.ListAsync($"{_tenantPath}/audit?user={Text(proposal, "userId")}", cancellationToken)).Reverse().ToList();

        foreach (var one in events)
        {
            var reason = Text(one, "reason") is { Length: > 0 } text ? $": {text}" : "";
            Story.Show($"{one.GetProperty("at").GetDateTimeOffset():HH:mm:ss.fff}", $"{Text(one, "type")} by {Text(one.GetProperty("actor"), "name")}{reason}");
        }

        _story.Check(
            events.Select(e => Text(e, "type")).SequenceEqual(
                ["ClearProposed", "DecisionRefused", "ProposalApproved", "ClearStarted", "AnchorCleared", "MatchVerified"]),
            "from found to proven, in order, each once");
    }

    private async Task<JsonElement> EventAsync(
        ReanchorClient reader, Guid userId, string type, CancellationToken cancellationToken) =>
        (await reader.ListAsync($"{_tenantPath}/audit?user={userId}", cancellationToken)).Single(e => Text(e, "type") == type);

    private SimulatedUser UserOf(JsonElement proposal) =>
        tenant.Users.Single(u => u.Id == proposal.GetProperty("userId").GetGuid());

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
