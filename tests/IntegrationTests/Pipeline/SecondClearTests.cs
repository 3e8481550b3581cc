using System.Net;
using System.Text.Json;
using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>A user that still carries the object identifier of an account that is gone.</summary>
public sealed class SecondClearTests
{
    private const string Foreign = "5d5f6d3e-0000-4000-8000-000000000009";

    [Fact]
    public async Task Scan_ForeignObjectIdentifier_ProposesNothingUnlessThePolicyIncludesIt()
    {
        await using var stage = await Stage.SetAsync();
        await using var run = await ClearingRun.StartAsync(GivenTenant(stage), stage, ClearingRun.VerifiesLater);

        var scan = await run.Ada.ScanAsync(run.Tenant.Id, "propose");

        Assert.Equal(1, scan.GetProperty("counts").GetProperty("EvidenceInsufficient").GetInt32());
        Assert.Empty(await run.Ada.ListAsync($"{run.Path}/proposals"));
    }

    [Fact]
    public async Task ObjectIdentifier_SyncRefusesToOverwriteIt_IsClearedAfterAnApprovalOfItsOwn()
    {
        await using var stage = await Stage.SetAsync();
        await using var run = await ClearingRun.StartAsync(
            GivenTenant(stage), stage, ClearingRun.VerifiesSoon, new { includeForeignObjectIdentifier = true });
        using var olga = await run.SignInAsync("olga", "Operate", "Approve");
        var first = (await run.ProposeAsync(1))[0];
        var early = await ClearingRun.RefusedAsync(olga, $"{run.Of(first)}/object-identifier", HttpStatusCode.Conflict);
        using var rosa = await run.SignInAsync("rosa", "Approve");

        // No match is predicted for it, so it takes two people as well.
        await rosa.PostAsync($"{run.Of(first)}/decision", ClearingRun.Approval(first));
        await run.ApproveAsync(first);
        await run.StatusAsync(first, "cleared");
        var failed = Assert.Single(run.Tenant.RunSync().Results);

        await ClearingRun.RefusedAsync(run.Piet, $"{run.Of(first)}/object-identifier", HttpStatusCode.Forbidden);
        var second = await olga.PostAsync(
            $"{run.Of(first)}/object-identifier", new { reason = "sync reports AttributeUpdateNotAllowed" }, HttpStatusCode.Created);
        await olga.PostAsync($"{run.Of(second)}/decision", ClearingRun.Approval(second), HttpStatusCode.Forbidden);
        var half = await rosa.PostAsync($"{run.Of(second)}/decision", ClearingRun.Approval(second));
        Assert.Equal(("pending", 2), (half.GetProperty("status").GetString(), half.GetProperty("requiredApprovals").GetInt32()));
        await run.ApproveAsync(second);
        await run.StatusAsync(second, "cleared");
        var restore = await ClearingRun.RefusedAsync(run.Piet, $"{run.Of(second)}/restore-anchor", HttpStatusCode.Conflict);
        run.Tenant.RunSync();
        await run.StatusAsync(second, "verified");
        await run.StatusAsync(first, "verified");

        Assert.Contains(Warnings(first), w => w.Contains($"It is {Foreign}", StringComparison.Ordinal));
        Assert.Contains("not cleared", early, StringComparison.Ordinal);
        Assert.Equal(SyncError.AttributeUpdateNotAllowed, failed.Error!.Name);
        Assert.Equal("clearObjectIdentifier", second.GetProperty("kind").GetString());
        Assert.False(second.GetProperty("restorable").GetBoolean());
        Assert.Contains(Warnings(second), w => w.StartsWith("This cannot be undone", StringComparison.Ordinal));
        Assert.Contains("cannot be put back", restore, StringComparison.Ordinal);
        Assert.Equal(
            ["""{"onPremisesImmutableId":null}""", """{"onPremisesObjectIdentifier":null}"""], run.Writes.Select(w => w.Body));
        Assert.StartsWith("/beta/", run.Writes[1].Target, StringComparison.Ordinal);
        Assert.Equal(
            Foreign,
            Assert.Single(await run.EventsAsync("ObjectIdentifierCleared")).GetProperty("details").GetProperty("oldObjectIdentifier").GetString());
    }

    private static SimulatedTenant GivenTenant(Stage stage)
    {
        var tenant = stage.AddTenant("Humongous", leftovers: 1);
        tenant.Settings = tenant.Settings with { ObjectIdentifierBlocksSoftMatch = true };
        tenant.UpdateUser(
            tenant.Users.Single(u => u.OnPremisesImmutableId is not null).Id, user => user with { OnPremisesObjectIdentifier = Foreign });
        return tenant;
    }

    private static IEnumerable<string> Warnings(JsonElement proposal) =>
        proposal.GetProperty("warnings").EnumerateArray().Select(w => w.GetString()!);
}
