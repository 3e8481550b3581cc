using System.Text.Json;
using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Syncing;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Syncing;

public sealed class CollectorWorkTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task FindWork_NothingCleared_WantsNothing()
    {
        await _world.GivenApprovedAsync();

        Assert.Null((await FindAsync())!.Since);
    }

    [Fact]
    public async Task FindWork_Cleared_WantsASyncUntilOneIsReported()
    {
        var proposal = await _world.GivenClearedAsync();
        _world.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(proposal.ClearedAt, (await FindAsync())!.Since);
        Assert.Equal(proposal.ClearedAt, (await FindAsync())!.Since);
        Assert.True(await ReportAsync(synced: true));
        Assert.Null((await FindAsync())!.Since);
    }

    [Fact]
    public async Task FindWork_SyncsFail_AsksForTheSameAgainLessAndLessOften()
    {
        var proposal = await _world.GivenClearedAsync();

        foreach (var minutes in (int[])[5, 10, 20, 30, 30])
        {
            Assert.Equal(proposal.ClearedAt, (await FindAsync())!.Since);
            await ReportAsync(synced: false);
            _world.Clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
            Assert.Null((await FindAsync())!.Since);
            _world.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(proposal.ClearedAt, (await FindAsync())!.Since);
    }

    [Fact]
    public async Task FindWork_ASyncRanAfterFailures_WantsNothingAndForgetsThem()
    {
        await _world.GivenClearedAsync();
        await FindAsync();
        await ReportAsync(synced: false);
        _world.Clock.Advance(TimeSpan.FromMinutes(5));
        await FindAsync();

        await ReportAsync(synced: true);

        Assert.Null((await FindAsync())!.Since);
        var second = await GivenAnotherClearAsync();
        Assert.Equal(second, (await FindAsync())!.Since);
    }

    [Fact]
    public async Task FindWork_ReportSentTwice_CoversNothingMore()
    {
        await _world.GivenClearedAsync();
        await FindAsync();
        await ReportAsync(synced: true);
        var second = await GivenAnotherClearAsync();

        await ReportAsync(synced: true);

        Assert.Equal(second, (await FindAsync())!.Since);
    }

    [Fact]
    public async Task FindWork_AskedTwiceBeforeTheReport_CoversWhatTheFirstAnswerCould()
    {
        await _world.GivenClearedAsync();
        await FindAsync();
        var second = await GivenAnotherClearAsync();
        await FindAsync();

        await ReportAsync(synced: true);

        Assert.Equal(second, (await FindAsync())!.Since);
    }

    [Fact]
    public async Task FindWork_ClearedWhileTheSyncRan_WantsAnother()
    {
        await _world.GivenClearedAsync();
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        await FindAsync();
        var second = await GivenAnotherClearAsync();

        await ReportAsync(synced: true);

        Assert.Equal(second, (await FindAsync())!.Since);
    }

    [Fact]
    public async Task FindWork_Verified_WantsNothing()
    {
        var proposal = await _world.GivenClearedAsync();
        _world.Directory.Put(
            _world.Tenant.Id, Samples.Ann with { Anchor = proposal.Evidence.ExpectedAnchor, OnPremisesSyncEnabled = true });
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await _world.Get<VerifyClearHandler>().HandleAsync(new(proposal.Tenant, proposal.Id), World.Cancellation);

        Assert.Null((await FindAsync())!.Since);
    }

    [Fact]
    public async Task ReportSync_Reported_IsOnRecordWithWhatTheCommandSaid()
    {
        await _world.RegisterAsync();

        await ReportAsync(synced: false, new string('x', 5000));

        var entry = Assert.Single(
            (await _world.Audit.ListAsync(new(_world.Tenant.Id), 10, null, World.Cancellation)).Items, e => e.Type == nameof(SyncReported));
        Assert.Equal("corp", entry.Details.GetProperty("collector").GetString());
        Assert.Equal(JsonValueKind.False, entry.Details.GetProperty("synced").ValueKind);
        Assert.Equal(ReportSyncHandler.MaxDetail, entry.Details.GetProperty("detail").GetString()!.Length);
    }

    [Fact]
    public async Task BothHandlers_CollectorOrTenantUnknown_SaySo()
    {
        await _world.RegisterAsync();

        Assert.Null(await FindAsync("emea"));
        Assert.False(await ReportAsync(synced: true, collector: "emea"));
        Assert.Null(await _world.Get<FindWorkHandler>().HandleAsync(new(Samples.NewTenantId(), Samples.Corp), World.Cancellation));
    }

    /// <returns>When, a minute after whatever was done before and a minute before whatever follows.</returns>
    private async Task<DateTimeOffset> GivenAnotherClearAsync()
    {
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        var at = _world.Clock.GetUtcNow();
        var proposal = Samples.NewProposal(_world.Tenant.Id) with
        {
            Status = Reanchor.Proposals.ProposalStatus.Cleared,
            ClearedAt = at,
        };
        await _world.Proposals.TryAddAsync(proposal, World.Cancellation);
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        return at;
    }

    private Task<CollectorWork?> FindAsync(string collector = "corp") => _world.Get<FindWorkHandler>().HandleAsync(
        new(_world.Tenant.Id, CollectorId.Parse(collector, null)), World.Cancellation);

    private Task<bool> ReportAsync(bool synced, string? detail = null, string collector = "corp") =>
        _world.Get<ReportSyncHandler>().HandleAsync(
            new(_world.Tenant.Id, CollectorId.Parse(collector, null), synced, detail, Samples.Olga), World.Cancellation);
}
