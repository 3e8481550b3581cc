using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using Reanchor.Access;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Functions.Overview;
using Reanchor.Inventories;
using Reanchor.Overview;
using Reanchor.Scanning;
using Reanchor.Sealing;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Overview;

public sealed class ReadOverviewHandlerTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Handle_TenantWithAProposal_SaysWhatThereIs()
    {
        var proposal = await _world.GivenProposalAsync();
        await _world.Get<PauseTenantHandler>().HandleAsync(new(_world.Tenant.Id, true, "look first", Samples.Olga), World.Cancellation);
        await _world.Get<VerifyTrailHandler>().HandleAsync(_world.Tenant.Id, World.Cancellation);

        var overview = Assert.Single(await ReadAsync(TenantScope.All));

        Assert.Equal(_world.Tenant.Id, overview.Tenant.Id);
        Assert.Equal(new(1, proposal.ProposedAt), overview.Waiting.Value);
        Assert.Equal(1, overview.LastScan.Value!.Counts[Classification.Candidate]);
        Assert.Equal(Samples.Olga, overview.Breakers.Value.Pause!.By);
        Assert.Equal(0, overview.Poison.Value);
        Assert.True(overview.TrailCheck.Value is { Intact: true, Events: > 0 } check && check.At == _world.Clock.GetUtcNow());
        var inventory = Assert.Single(overview.Inventories.Value);
        Assert.Equal((Samples.Corp, 1), (inventory.Collector, inventory.Record!.Count));
        Assert.Null(inventory.Refused);
    }

    [Fact]
    public async Task Handle_ProposalThatHasExpired_IsNotCounted()
    {
        var proposal = await _world.GivenProposalAsync();
        _world.Clock.Advance(proposal.ExpiresAt - _world.Clock.GetUtcNow());

        Assert.Equal(new(0, null), Assert.Single(await ReadAsync(TenantScope.All)).Waiting.Value);
    }

    [Fact]
    public async Task Handle_TenantOutsideTheScope_IsLeftOut()
    {
        await _world.RegisterAsync();

        Assert.Empty(await ReadAsync(TenantScope.Of(Samples.NewTenantId())));
        Assert.Single(await ReadAsync(TenantScope.Of(_world.Tenant.Id)));
    }

    [Fact]
    public async Task Handle_OneTenantsScansBroken_HidesNothingElse()
    {
        await _world.GivenProposalAsync();
        var other = Samples.NewTenant() with { DisplayName = "Aaa" };
        await _world.Get<RegisterTenantHandler>().HandleAsync(new(other, Samples.Olga), World.Cancellation);
        var scans = new Mock<IScanStore>();
        scans.Setup(s => s.FindLatestAsync(_world.Tenant.Id, It.IsAny<CancellationToken>())).ThrowsAsync(new InvalidDataException("half a row"));

        var overviews = await ReadAsync(TenantScope.All, scans.Object);

        Assert.Equal([other.Id, _world.Tenant.Id], overviews.Select(o => o.Tenant.Id));
        Assert.True(overviews[0].LastScan.IsKnown);
        Assert.Contains("last scan", overviews[1].LastScan.UnknownBecause, StringComparison.Ordinal);
        Assert.Equal(1, overviews[1].Waiting.Value.Count);

        var (part, because) = Assert.Single(TenantOverviewView.Of(overviews[1], _world.Clock.GetUtcNow()).NotRead);
        Assert.Equal((OverviewPart.LastScan, overviews[1].LastScan.UnknownBecause), (part, because));
    }

    [Fact]
    public async Task Handle_StoreThatDoesNotAnswer_IsWaitedForALittle()
    {
        await _world.GivenProposalAsync();
        var scans = new Mock<IScanStore>();
        var asked = new TaskCompletionSource();
        scans.Setup(s => s.FindLatestAsync(It.IsAny<TenantId>(), It.IsAny<CancellationToken>()))
            .Callback(asked.SetResult)
            .Returns<TenantId, CancellationToken>(NeverAsync);

        var reading = ReadAsync(TenantScope.All, scans.Object);
        await asked.Task;
        _world.Clock.Advance(ReadOverviewHandler.PartLimit);
        var overview = Assert.Single(await reading);

        Assert.False(overview.LastScan.IsKnown);
        Assert.Equal(1, overview.Waiting.Value.Count);
    }

    private static async Task<Scan?> NeverAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return null;
    }

    private Task<IReadOnlyList<TenantOverview>> ReadAsync(TenantScope scope, IScanStore? scans = null) => new ReadOverviewHandler(
        _world.Tenants,
        _world.Breakers,
        _world.Get<IInventoryStore>(),
        scans ?? _world.Scans,
        _world.Proposals,
        _world.Poison,
        _world.TrailChecks,
        _world.Clock,
        NullLogger<ReadOverviewHandler>.Instance).HandleAsync(scope, World.Cancellation);
}
