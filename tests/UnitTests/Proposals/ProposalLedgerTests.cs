using Microsoft.Extensions.Logging.Abstractions;
using Reanchor.Auditing;
using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.Proposals;
using Xunit;

namespace Reanchor.UnitTests.Proposals;

public sealed class ProposalLedgerTests
{
    private readonly InMemoryProposalStore _proposals = new(TimeProvider.System);
    private readonly InMemoryAuditTrail _audit = new();
    private readonly Proposal _proposal = Samples.NewProposal(Samples.NewTenantId());

    private ProposalLedger Ledger => new(_proposals, _audit, NullLogger<ProposalLedger>.Instance);

    [Fact]
    public async Task TryAddAsync_New_TellsTheTrailOnce()
    {
        Assert.True(await Ledger.TryAddAsync(_proposal, World.Cancellation));
        Assert.False(await Ledger.TryAddAsync(_proposal, World.Cancellation));

        Assert.Equal([nameof(ClearProposed)], _audit.Types);
    }

    [Fact]
    public async Task TryMoveAsync_EarlierEventLostInACrash_IsToldBeforeTheChange()
    {
        await _proposals.TryAddAsync(_proposal, World.Cancellation);
        IReadOnlyList<string> before = [];
        _proposals.BeforeNextUpdate = () => before = _audit.Types;

        await Ledger.TryMoveAsync(await FoundAsync(), _proposal.Expire(Samples.Now), World.Cancellation);

        Assert.Equal([nameof(ClearProposed)], before);
        Assert.Equal([nameof(ClearProposed), nameof(ProposalExpired)], _audit.Types);
    }

    [Fact]
    public async Task TryMoveAsync_LostRace_TellsNothingOfTheChange()
    {
        await Ledger.TryAddAsync(_proposal, World.Cancellation);
        var stale = await FoundAsync();
        await _proposals.TryUpdateAsync(stale, _proposal.Decide(Samples.Reject(_proposal)), World.Cancellation);

        var moved = await Ledger.TryMoveAsync(stale, _proposal.Decide(Samples.Approve(_proposal)), World.Cancellation);

        Assert.Null(moved);
        Assert.Equal([nameof(ClearProposed)], _audit.Types);
    }

    [Fact]
    public async Task TryMoveAsync_TrailUnavailable_ChangesNothing()
    {
        await _proposals.TryAddAsync(_proposal, World.Cancellation);
        _audit.BeforeNextAppend = _ => throw new InvalidOperationException("storage is gone");

        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await Ledger.TryMoveAsync(await FoundAsync(), _proposal.Expire(Samples.Now), World.Cancellation));

        Assert.Equal(ProposalStatus.Pending, (await FoundAsync()).Item.Status);
    }

    private async Task<Versioned<Proposal>> FoundAsync() =>
        (await _proposals.FindAsync(_proposal.Tenant, _proposal.Id, World.Cancellation))!;
}
