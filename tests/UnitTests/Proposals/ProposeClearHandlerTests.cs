using Reanchor.Auditing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Proposals;

public sealed class ProposeClearHandlerTests : ProposeClearTests
{
    [Fact]
    public async Task HandleAsync_Candidate_IsProposedWithItsDigest()
    {
        var proposal = await World.GivenProposalAsync();

        Assert.Equal(ProposalStatus.Pending, proposal.Status);
        Assert.True(proposal.DigestHolds);
        Assert.Equal((Samples.OldAnchor, Samples.ExpectedAnchor), (proposal.Anchor, proposal.Evidence.ExpectedAnchor));
        Assert.Equal((Samples.Olga, Samples.Ann.OnPremises), (proposal.RequestedBy, proposal.OnPremises));
        Assert.Equal(proposal.ProposedAt.AddHours(168), proposal.ExpiresAt);
        Assert.Single(World.Audit.Types, nameof(ClearProposed));
        World.AssertNothingWritten();
    }

    [Fact]
    public async Task HandleAsync_DeliveredTwice_ProposesOnce()
    {
        var proposal = await World.GivenProposalAsync();

        var outcome = await AgainAsync(proposal);

        Assert.Equal(ProposeOutcome.AlreadyProposed, outcome);
        Assert.Equal(proposal.Id, (await World.LatestAsync()).Id);
        Assert.Single(World.Audit.Types, nameof(ClearProposed));
    }

    [Fact]
    public async Task HandleAsync_DeliveredAgainAfterTheClearEnded_ProposesNothing()
    {
        var cleared = await World.GivenClearedAsync();
        await World.Proposals.TryUpdateAsync(
            (await World.Proposals.FindLatestAsync(cleared.Tenant, cleared.UserId, World.Cancellation))!,
            cleared.Verify(World.Clock.GetUtcNow()),
            World.Cancellation);

        await AgainAsync(cleared);

        Assert.Equal(ProposalStatus.Verified, (await World.LatestAsync()).Status);
    }

    [Fact]
    public async Task HandleAsync_CrashBeforeTheTrailWasTold_RedeliveryTellsIt()
    {
        await World.GivenAnnAsync();
        await World.ScanAsync();
        var command = Assert.Single(World.Queue.Take<ProposeClear>());
        World.Audit.BeforeNextAppend = _ => throw new InvalidOperationException("killed");
        await Assert.ThrowsAsync<InvalidOperationException>(() => HandleAsync(command));

        await HandleAsync(command);

        Assert.Single(World.Audit.Types, nameof(ClearProposed));
    }

    [Fact]
    public async Task HandleAsync_SeenTooLittle_WaitsForTheScansThatTheFindingSays()
    {
        await World.RegisterAsync(t => t with { Policy = new() { MinimumSightings = 3 } });
        await World.UploadAsync(Samples.AnnsAccount);
        World.Directory.Put(World.Tenant.Id, Samples.Ann);

        Assert.Equal(ProposeOutcome.SeenTooLittle, await ScanAndProposeAsync());
        Assert.Equal(ProposeOutcome.SeenTooLittle, await ScanAndProposeAsync());
        var waiting = (await World.Findings.FindAsync(World.Tenant.Id, Samples.Ann.Id, World.Cancellation))!;

        Assert.Equal(Classification.Candidate, waiting.Classification);
        Assert.StartsWith("Seen as a candidate by 2 of the 3 scans in a row", waiting.Sightings.WaitsFor(World.Tenant.Policy), StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(ClearProposed), World.Audit.Types);
        Assert.Equal(ProposeOutcome.Proposed, await ScanAndProposeAsync());
    }

    [Fact]
    public async Task HandleAsync_SeenBeforeTheScanStartedOverOnly_IsOutdated()
    {
        await World.GivenAnnAsync();
        var scan = await World.ScanAsync();
        var found = await World.Scans.FindAsync(scan.Tenant, scan.Id, World.Cancellation);
        await World.Scans.TryUpdateAsync(found!, scan with { Rewinds = 1 }, World.Cancellation);

        Assert.Equal(ProposeOutcome.Outdated, await HandleAsync(Assert.Single(World.Queue.Take<ProposeClear>())));
    }

    [Fact]
    public async Task HandleAsync_LaterScanJudgedTheUser_IsOutdated()
    {
        await World.GivenAnnAsync();
        await World.ScanAsync();
        var command = Assert.Single(World.Queue.Take<ProposeClear>());
        await World.ScanAsync();

        Assert.Equal(ProposeOutcome.Outdated, await HandleAsync(command));
        Assert.Null(await World.Proposals.FindLatestAsync(World.Tenant.Id, Samples.Ann.Id, World.Cancellation));
    }

    [Theory]
    [InlineData("report")]
    [InlineData("disabled")]
    [InlineData("gone")]
    [InlineData("no candidate")]
    public async Task HandleAsync_NoLongerToBeProposed_IsOutdated(string change)
    {
        await World.GivenAnnAsync();
        var scan = await World.ScanAsync();
        var command = Assert.Single(World.Queue.Take<ProposeClear>());
        await (change switch
        {
            "report" => World.RegisterAsync(t => t with { Mode = TenantMode.Report }),
            "disabled" => World.RegisterAsync(t => t with { Enabled = false }),
            "gone" => World.Get<RemoveTenantHandler>().HandleAsync(new(scan.Tenant, Samples.Olga), World.Cancellation),
            _ => World.Findings.SaveAsync(
                scan.Tenant, [Samples.NewFinding(scan.Tenant, scan.Id, Samples.Ann.Id, Classification.Guest)], World.Cancellation),
        });

        Assert.Equal(ProposeOutcome.Outdated, await HandleAsync(command));
        Assert.DoesNotContain(nameof(ClearProposed), World.Audit.Types);
    }

    private Task<ProposeOutcome> AgainAsync(Proposal proposal) => HandleAsync(new(proposal.Tenant, proposal.Scan, proposal.UserId));
}
