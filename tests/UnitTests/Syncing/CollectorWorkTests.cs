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
    public async Task FindWork_ReportedInVain_WantsNothingUntilALaterClear()
    {
        await _world.GivenClearedAsync();
        _world.Clock.Advance(TimeSpan.FromMinutes(1));

        await ReportAsync(synced: false);

        Assert.Null((await FindAsync())!.Since);
    }

    [Fact]
    public async Task FindWork_ClearedWhileTheSyncRan_WantsAnother()
    {
        var first = await _world.GivenClearedAsync();
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        await FindAsync();
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = Samples.NewProposal(_world.Tenant.Id) with
        {
            Status = Reanchor.Proposals.ProposalStatus.Cleared,
            ClearedAt = _world.Clock.GetUtcNow(),
        };
        await _world.Proposals.TryAddAsync(second, World.Cancellation);
        _world.Clock.Advance(TimeSpan.FromMinutes(1));

        await ReportAsync(synced: true);

        Assert.Equal(second.ClearedAt, (await FindAsync())!.Since);
        Assert.NotEqual(first.ClearedAt, second.ClearedAt);
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

    private Task<CollectorWork?> FindAsync(string collector = "corp") => _world.Get<FindWorkHandler>().HandleAsync(
        new(_world.Tenant.Id, CollectorId.Parse(collector, null)), World.Cancellation);

    private Task<bool> ReportAsync(bool synced, string? detail = null, string collector = "corp") =>
        _world.Get<ReportSyncHandler>().HandleAsync(
            new(_world.Tenant.Id, CollectorId.Parse(collector, null), synced, detail, Samples.Olga), World.Cancellation);
}
