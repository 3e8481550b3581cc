using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Clearing;

public sealed class BreakerLedgerTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task TryMoveAsync_TwoOfOneTenantAtOnce_TheSecondReadsWhatTheFirstWrote()
    {
        await _world.GivenApprovedAsync();
        var found = (await _world.Proposals.FindLatestAsync(_world.Tenant.Id, (await _world.LatestAsync()).UserId, World.Cancellation))!;
        var now = _world.Clock.GetUtcNow();
        var writing = new TaskCompletionSource<JointUpdate>();
        var store = new Mock<IBreakerStore>();
        store
            .Setup(s => s.FindAsync(found.Item.Tenant, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new Versioned<TenantBreakers>(new() { Tenant = found.Item.Tenant }, "1"));
        store
            .Setup(s => s.TryUpdateAsync(
                It.IsAny<Versioned<TenantBreakers>>(), It.IsAny<TenantBreakers>(), found, It.IsAny<Proposal>(), It.IsAny<CancellationToken>()))
            .Returns(writing.Task);
        var ledger = new BreakerLedger(
            store.Object, _world.Get<ProposalLedger>(), _world.Audit, NullLogger<BreakerLedger>.Instance);

        Task<Versioned<Proposal>?> Move() =>
            ledger.TryMoveAsync(found, found.Item.BeginClear(now, now.AddMinutes(3)), state => state, World.Cancellation);
        List<Task<Versioned<Proposal>?>> moves = [Move(), Move()];

        store.Verify(s => s.FindAsync(It.IsAny<TenantId>(), It.IsAny<CancellationToken>()), Times.Once);
        writing.SetResult(new(BreakersChanged: false, found));
        await Task.WhenAll(moves);
        store.Verify(s => s.FindAsync(It.IsAny<TenantId>(), It.IsAny<CancellationToken>()), Times.Exactly(2));
    }
}
