using Reanchor.Auditing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Scanning;

namespace Reanchor.UnitTests.Scanning;

/// <summary>Scans that do not get through in one go.</summary>
public sealed class ScanInterruptionTests : ScanTests
{
    [Fact]
    public async Task HandleAsync_RedeliveredAfterAFault_GoesOnFromTheCheckpoint()
    {
        await GivenSevenUsersOnFourPagesAsync();
        var command = await World.RequestScanAsync();
        World.Directory.BeforePage = link =>
        {
            if (link == "4")
            {
                FakeDirectory.Down();
            }
        };
        await Assert.ThrowsAsync<DirectoryUnavailableException>(() => HandleAsync(command));
        var interrupted = await World.ScanAsync(command.Scan);
        var links = new List<string?>();
        World.Directory.BeforePage = links.Add;

        var outcome = await HandleAsync(command);

        Assert.Equal((ScanStatus.Running, 2, "4"), (interrupted.Status, interrupted.Page, interrupted.PageLink));
        Assert.Equal("Graph answered 503: try later", interrupted.Fault);
        Assert.Equal(ScanOutcome.Completed, outcome);
        Assert.Equal(["4", "6"], links);
        var scan = await World.ScanAsync(command.Scan);
        Assert.Equal((7, 7, null), (scan.UsersRead, scan.Counts.Values.Sum(), scan.Fault));
    }

    [Fact]
    public async Task HandleAsync_SignInNeedsRepair_FailsAtOnceAndSaysWhatToDo()
    {
        await World.GivenAnnAsync();
        var command = await World.RequestScanAsync();
        World.Directory.BeforeTenantFacts = () =>
            throw new DirectoryUnavailableException("The client secret has expired. Make a new one.") { NothingDone = true, NeedsRepair = true };

        var outcome = await HandleAsync(command);

        Assert.Equal(ScanOutcome.Failed, outcome);
        Assert.Equal("The client secret has expired. Make a new one.", (await World.ScanAsync(command.Scan)).Fault);
        Assert.Contains(nameof(ScanFailed), World.Audit.Types);
        Assert.Empty(World.Queue.Of<ScanTenant>().Skip(1));
    }

    [Fact]
    public async Task HandleAsync_FactsUnavailable_NotesTheFaultAndThrows()
    {
        await World.GivenAnnAsync();
        var command = await World.RequestScanAsync();
        World.Directory.BeforeTenantFacts = FakeDirectory.Down;

        await Assert.ThrowsAsync<DirectoryUnavailableException>(() => HandleAsync(command));

        Assert.Equal("Graph answered 503: try later", (await World.ScanAsync(command.Scan)).Fault);
        Assert.DoesNotContain(nameof(ScanFailed), World.Audit.Types);
    }

    [Fact]
    public async Task HandleAsync_OvertakenByAnotherDelivery_StopsAndCountsNothingTwice()
    {
        await GivenSevenUsersOnFourPagesAsync();
        var command = await World.RequestScanAsync();
        var second = Task.FromResult(ScanOutcome.Unknown);
        World.Directory.BeforePage = _ =>
        {
            World.Directory.BeforePage = null;
            second = HandleAsync(command);
        };

        var first = await HandleAsync(command);

        Assert.Equal(ScanOutcome.Completed, await second);
        Assert.Equal(ScanOutcome.Overtaken, first);
        Assert.Equal(7, (await World.ScanAsync(command.Scan)).UsersRead);
        Assert.Single(World.Audit.Types, nameof(ScanCompleted));
    }

    [Fact]
    public async Task HandleAsync_OvertakenAtTheEnd_LeavesTheEndToTheOther()
    {
        await World.GivenAnnAsync();
        var command = await World.RequestScanAsync();
        var second = Task.FromResult(ScanOutcome.Unknown);
        World.Queue.BeforeNextSend = () => second = HandleAsync(command);

        var first = await HandleAsync(command);

        Assert.Equal((ScanOutcome.Overtaken, ScanOutcome.Completed), (first, await second));
        Assert.Single(World.Audit.Types, nameof(ScanCompleted));
    }

    [Fact]
    public async Task HandleAsync_PageExpired_StartsOverAndCountsOnce()
    {
        await GivenSevenUsersOnFourPagesAsync();
        var expired = false;
        World.Directory.BeforePage = link =>
        {
            if (link == "4" && !expired)
            {
                expired = true;
                throw new PageExpiredException("410");
            }
        };

        var scan = await World.ScanAsync();

        Assert.True(expired);
        Assert.Equal((ScanStatus.Completed, 4, 7), (scan.Status, scan.Page, scan.UsersRead));
        Assert.Equal(7, scan.Counts.Values.Sum());
    }

    [Fact]
    public async Task HandleAsync_PageExpiredAndACandidateGoneSince_SendsOnOnlyWhoWasSeenAgain()
    {
        await World.GivenAnnAsync();
        World.Directory.Put(World.Tenant.Id, Guests(1)[0] with { Id = Guid.Parse("ffffffff-0000-4000-8000-000000000001") });
        (World.Directory.PageSize, World.Scanning.BatchSize) = (1, 1);
        World.Directory.BeforePage = link =>
        {
            // Ann is on the first page: sync takes her while the scan is under way.
            if (link == "1" && World.Directory.User(World.Tenant.Id, Samples.Ann.Id).OnPremisesSyncEnabled is null)
            {
                World.Directory.Put(World.Tenant.Id, Samples.Ann with { OnPremisesSyncEnabled = true });
                throw new PageExpiredException("410");
            }
        };

        var scan = await World.ScanAsync();

        Assert.Equal((ScanStatus.Completed, 1, 0), (scan.Status, scan.Rewinds, scan.Candidates));
        Assert.Equal(scan.Id, (await World.Findings.FindAsync(World.Tenant.Id, Samples.Ann.Id, World.Cancellation))!.Scan);
        Assert.Empty(World.Queue.Of<ProposeClear>());
    }

    [Fact]
    public async Task HandleAsync_PageLinksKeepExpiring_GivesUpWithTheReason()
    {
        await GivenSevenUsersOnFourPagesAsync();
        var command = await World.RequestScanAsync();
        World.Directory.BeforePage = link =>
        {
            if (link is not null)
            {
                throw new PageExpiredException("410");
            }
        };

        var fault = await Assert.ThrowsAsync<DirectoryUnavailableException>(() => HandleAsync(command));

        Assert.Contains("keep expiring", fault.Message, StringComparison.Ordinal);
        Assert.Equal(fault.Message, (await World.ScanAsync(command.Scan)).Fault);
    }

    [Fact]
    public async Task HandleAsync_TimeIsUp_HandsOverToAnotherMessage()
    {
        await GivenSevenUsersOnFourPagesAsync();
        var command = await World.RequestScanAsync();
        World.Directory.BeforePage = _ => World.Clock.Advance(World.Scanning.SoftDeadline);

        var outcome = await HandleAsync(command);

        Assert.Equal(ScanOutcome.Continues, outcome);
        Assert.Equal(1, (await World.ScanAsync(command.Scan)).Page);
        Assert.Equal([command], World.Queue.Take<ScanTenant>());
        Assert.Empty(World.Queue.Sent);
        World.Directory.BeforePage = null;
        Assert.Equal(ScanOutcome.Completed, await HandleAsync(command));
        Assert.Equal(7, (await World.ScanAsync(command.Scan)).UsersRead);
    }
}
