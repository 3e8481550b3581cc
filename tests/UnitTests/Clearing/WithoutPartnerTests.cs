using Reanchor.Anchors;
using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Xunit;

namespace Reanchor.UnitTests.Clearing;

/// <summary>A clear after which nothing is expected to match, from the scan to its end. No sync can prove it right.</summary>
public sealed class WithoutPartnerTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Scan_PolicyAllowsIt_ProposesWithoutPartnerAndSaysSo()
    {
        var proposal = await GivenProposalAsync();

        Assert.Equal((null, null, Prediction.Unknown), (proposal.Evidence.Partner, proposal.Evidence.ExpectedAnchor, proposal.Evidence.Prediction));
        Assert.Contains(proposal.Warnings, w => w.StartsWith("No on-premises account would match", StringComparison.Ordinal));
        Assert.True(proposal.DigestHolds);
    }

    [Fact]
    public async Task Verify_NothingMatched_IsInconclusiveAtTheDeadlineAndNotBefore()
    {
        var cleared = await GivenClearedAsync();
        _world.Clock.SetUtcNow(cleared.NextCheckAt!.Value);
        Assert.Equal(VerifyOutcome.Waiting, await VerifyAsync(cleared));

        _world.Clock.SetUtcNow(cleared.ClearedAt!.Value.AddHours(25));
        Assert.Equal(VerifyOutcome.Inconclusive, await VerifyAsync(cleared));

        Assert.Contains("No account was expected to match, and none did", (await _world.LatestAsync()).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Verify_FourClearsFailedBefore_OnlyWhatWasNotForeseenIsTheFifth(bool userDeleted)
    {
        var cleared = await GivenClearedAsync();

        for (var i = 0; i < TenantBreakers.OutcomesNeeded - 1; i++)
        {
            await _world.Get<BreakerLedger>().ChangeAsync(
                cleared.Tenant, s => s.CountOutcome(good: false, _world.Tenant.Policy, _world.Clock.GetUtcNow()), World.Cancellation);
        }

        if (userDeleted)
        {
            _world.Directory.Remove(cleared.Tenant, cleared.UserId);
        }

        _world.Clock.SetUtcNow(cleared.ClearedAt!.Value.AddHours(25));
        Assert.Equal(VerifyOutcome.Inconclusive, await VerifyAsync(cleared));

        var state = (await _world.Breakers.FindAsync(cleared.Tenant, World.Cancellation)).Item;
        Assert.Equal((userDeleted, userDeleted ? 5 : 4), (state.IsQuarantined, state.Outcomes.Count));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Verify_SyncMatchedTheUserAllTheSame_IsInconclusiveNeverVerified(bool hasAnchor)
    {
        var cleared = await GivenClearedAsync();
        _world.Clock.SetUtcNow(cleared.NextCheckAt!.Value);
        _world.Directory.Put(cleared.Tenant, Samples.Ann with
        {
            OnPremisesSyncEnabled = true,
            Anchor = hasAnchor ? SourceAnchor.FromGuid(Guid.NewGuid()) : null,
        });

        Assert.Equal(VerifyOutcome.Inconclusive, await VerifyAsync(cleared));
        Assert.Contains("expected was no match", (await _world.LatestAsync()).Refusal, StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(MatchVerified), _world.Audit.Types);
    }

    [Fact]
    public async Task Apply_AnAccountHasCome_IsSuperseded()
    {
        var proposal = await GivenApprovedAsync();
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await _world.UploadAsync(Samples.AnnsAccount);

        Assert.Equal(ClearOutcome.Superseded, await _world.ApplyAsync(proposal));
        _world.AssertNothingWritten();
    }

    private async Task<Proposal> GivenProposalAsync()
    {
        await _world.RegisterAsync(t => t with { Policy = new() { ProposeWithoutPartner = true } });
        await _world.UploadAsync(Samples.AnnsAccount with { UserPrincipalName = "al@corp.example", Mail = null, ProxyAddresses = [] });
        _world.Directory.Put(_world.Tenant.Id, Samples.Ann);
        await _world.ScanAsync();
        await _world.Get<ProposeClearHandler>().HandleAsync(Assert.Single(_world.Queue.Take<ProposeClear>()), World.Cancellation);
        return await _world.LatestAsync();
    }

    private async Task<Proposal> GivenApprovedAsync()
    {
        var proposal = await GivenProposalAsync();
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        var approved = await _world.ApproveByTwoAsync(proposal);
        _world.Queue.Take<ApplyClear>();
        return approved;
    }

    private async Task<Proposal> GivenClearedAsync()
    {
        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(await GivenApprovedAsync()));
        _world.Queue.Take<VerifyClear>();
        return await _world.LatestAsync();
    }

    private Task<VerifyOutcome> VerifyAsync(Proposal proposal) =>
        _world.Get<VerifyClearHandler>().HandleAsync(new(proposal.Tenant, proposal.Id), World.Cancellation);
}
