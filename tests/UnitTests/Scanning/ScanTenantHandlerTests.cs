using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Scanning;

public sealed class ScanTenantHandlerTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task HandleAsync_OneLeftover_FindsItAndSendsItOn()
    {
        await _world.GivenAnnAsync();
        _world.Directory.Put(_world.Tenant.Id, Guests(2));

        var scan = await _world.ScanAsync();

        Assert.Equal((ScanStatus.Completed, 3), (scan.Status, scan.UsersRead));
        Assert.Equal(new Dictionary<Classification, int> { [Classification.Candidate] = 1, [Classification.Guest] = 2 }, scan.Counts);
        Assert.Equal([new ProposeClear(_world.Tenant.Id, scan.Id, Samples.Ann.Id)], _world.Queue.Of<ProposeClear>());
        Assert.Single(_world.Audit.Entries, e => e.Type == nameof(ScanCompleted) && e.Scan == scan.Id && e.At == scan.EndedAt);
        Assert.Single((await _world.Findings.FindAsync(_world.Tenant.Id, Samples.Ann.Id, World.Cancellation))!.InventoryVersions);
        _world.AssertNothingWritten();
    }

    [Fact]
    public async Task HandleAsync_InventoryDoesNotSayThatDeletedAccountsWereRead_WarnsTheApprover()
    {
        await _world.GivenAnnAsync();

        await _world.ScanAsync();

        var finding = await _world.Findings.FindAsync(_world.Tenant.Id, Samples.Ann.Id, World.Cancellation);
        Assert.StartsWith(
            "The inventory of the forest corp.example does not say whether deleted accounts were read",
            finding!.Assessment.Warnings[0],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_UserOfAForestThatWasNotRead_WarnsTheApprover()
    {
        await _world.GivenAnnAsync();

        await _world.ScanAsync();

        var finding = await _world.Findings.FindAsync(_world.Tenant.Id, Samples.Ann.Id, World.Cancellation);
        Assert.Contains(
            finding!.Assessment.Warnings,
            w => w.StartsWith("The user was last synced from old.example, and no inventory of a forest of that name", StringComparison.Ordinal));
    }

    [Fact]
    public async Task HandleAsync_NoSuchScan_DoesNothing()
    {
        await _world.RegisterAsync();

        var outcome = await HandleAsync(new(_world.Tenant.Id, ScanId.At(Samples.Now)));

        Assert.Equal(ScanOutcome.Unknown, outcome);
    }

    [Fact]
    public async Task HandleAsync_ManyBatches_CountsEveryUserAndRequestOnce()
    {
        await GivenSevenUsersOnFourPagesAsync();

        var scan = await _world.ScanAsync();

        Assert.Equal((ScanStatus.Completed, 4, 7), (scan.Status, scan.Page, scan.UsersRead));
        Assert.Equal(7, scan.Counts.Values.Sum());
        Assert.Equal(5, scan.Requests);
    }

    [Fact]
    public async Task HandleAsync_RedeliveredAfterAFault_GoesOnFromTheCheckpoint()
    {
        await GivenSevenUsersOnFourPagesAsync();
        var command = await _world.RequestScanAsync();
        _world.Directory.BeforePage = link =>
        {
            if (link == "4")
            {
                FakeDirectory.Down();
            }
        };
        await Assert.ThrowsAsync<DirectoryUnavailableException>(() => HandleAsync(command));
        var interrupted = await _world.ScanAsync(command.Scan);
        var links = new List<string?>();
        _world.Directory.BeforePage = links.Add;

        var outcome = await HandleAsync(command);

        Assert.Equal((ScanStatus.Running, 2, "4"), (interrupted.Status, interrupted.Page, interrupted.PageLink));
        Assert.Equal("Graph answered 503: try later", interrupted.Fault);
        Assert.Equal(ScanOutcome.Completed, outcome);
        Assert.Equal(["4", "6"], links);
        var scan = await _world.ScanAsync(command.Scan);
        Assert.Equal((7, 7, null), (scan.UsersRead, scan.Counts.Values.Sum(), scan.Fault));
    }

    [Fact]
    public async Task HandleAsync_SignInNeedsRepair_FailsAtOnceAndSaysWhatToDo()
    {
        await _world.GivenAnnAsync();
        var command = await _world.RequestScanAsync();
        _world.Directory.BeforeTenantFacts = () =>
            throw new DirectoryUnavailableException("The client secret has expired. Make a new one.") { NothingDone = true, NeedsRepair = true };

        var outcome = await HandleAsync(command);

        Assert.Equal(ScanOutcome.Failed, outcome);
        Assert.Equal("The client secret has expired. Make a new one.", (await _world.ScanAsync(command.Scan)).Fault);
        Assert.Contains(nameof(ScanFailed), _world.Audit.Types);
        Assert.Empty(_world.Queue.Of<ScanTenant>().Skip(1));
    }

    [Fact]
    public async Task HandleAsync_FactsUnavailable_NotesTheFaultAndThrows()
    {
        await _world.GivenAnnAsync();
        var command = await _world.RequestScanAsync();
        _world.Directory.BeforeTenantFacts = FakeDirectory.Down;

        await Assert.ThrowsAsync<DirectoryUnavailableException>(() => HandleAsync(command));

        Assert.Equal("Graph answered 503: try later", (await _world.ScanAsync(command.Scan)).Fault);
        Assert.DoesNotContain(nameof(ScanFailed), _world.Audit.Types);
    }

    [Fact]
    public async Task HandleAsync_OvertakenByAnotherDelivery_StopsAndCountsNothingTwice()
    {
        await GivenSevenUsersOnFourPagesAsync();
        var command = await _world.RequestScanAsync();
        var second = Task.FromResult(ScanOutcome.Unknown);
        _world.Directory.BeforePage = _ =>
        {
            _world.Directory.BeforePage = null;
            second = HandleAsync(command);
        };

        var first = await HandleAsync(command);

        Assert.Equal(ScanOutcome.Completed, await second);
        Assert.Equal(ScanOutcome.Overtaken, first);
        Assert.Equal(7, (await _world.ScanAsync(command.Scan)).UsersRead);
        Assert.Single(_world.Audit.Types, nameof(ScanCompleted));
    }

    [Fact]
    public async Task HandleAsync_OvertakenAtTheEnd_LeavesTheEndToTheOther()
    {
        await _world.GivenAnnAsync();
        var command = await _world.RequestScanAsync();
        var second = Task.FromResult(ScanOutcome.Unknown);
        _world.Queue.BeforeNextSend = () => second = HandleAsync(command);

        var first = await HandleAsync(command);

        Assert.Equal((ScanOutcome.Overtaken, ScanOutcome.Completed), (first, await second));
        Assert.Single(_world.Audit.Types, nameof(ScanCompleted));
    }

    [Fact]
    public async Task HandleAsync_AnchorFilterRefused_ReadsEveryUnsyncedUserOnce()
    {
        await _world.GivenAnnAsync();
        _world.Directory.RefusesAnchorFilter = true;
        _world.Directory.Put(_world.Tenant.Id, [.. Guests(3).ToArray().Select(g => g with { Anchor = null })]);

        var scan = await _world.ScanAsync();

        Assert.Equal((ScanStatus.Completed, true, 4, 1), (scan.Status, scan.FilterRefused, scan.UsersRead, scan.Candidates));
        Assert.Single(scan.Counts);
    }

    [Fact]
    public async Task HandleAsync_PageExpired_StartsOverAndCountsOnce()
    {
        await GivenSevenUsersOnFourPagesAsync();
        var expired = false;
        _world.Directory.BeforePage = link =>
        {
            if (link == "4" && !expired)
            {
                expired = true;
                throw new PageExpiredException("410");
            }
        };

        var scan = await _world.ScanAsync();

        Assert.True(expired);
        Assert.Equal((ScanStatus.Completed, 4, 7), (scan.Status, scan.Page, scan.UsersRead));
        Assert.Equal(7, scan.Counts.Values.Sum());
    }

    [Fact]
    public async Task HandleAsync_PageExpiredAndACandidateGoneSince_SendsOnOnlyWhoWasSeenAgain()
    {
        await _world.GivenAnnAsync();
        _world.Directory.Put(_world.Tenant.Id, Guests(1)[0] with { Id = Guid.Parse("ffffffff-0000-4000-8000-000000000001") });
        (_world.Directory.PageSize, _world.Scanning.BatchSize) = (1, 1);
        _world.Directory.BeforePage = link =>
        {
            // Ann is on the first page: sync takes her while the scan is under way.
            if (link == "1" && _world.Directory.User(_world.Tenant.Id, Samples.Ann.Id).OnPremisesSyncEnabled is null)
            {
                _world.Directory.Put(_world.Tenant.Id, Samples.Ann with { OnPremisesSyncEnabled = true });
                throw new PageExpiredException("410");
            }
        };

        var scan = await _world.ScanAsync();

        Assert.Equal((ScanStatus.Completed, 1, 0), (scan.Status, scan.Rewinds, scan.Candidates));
        Assert.Equal(scan.Id, (await _world.Findings.FindAsync(_world.Tenant.Id, Samples.Ann.Id, World.Cancellation))!.Scan);
        Assert.Empty(_world.Queue.Of<ProposeClear>());
    }

    [Fact]
    public async Task HandleAsync_PageLinksKeepExpiring_GivesUpWithTheReason()
    {
        await GivenSevenUsersOnFourPagesAsync();
        var command = await _world.RequestScanAsync();
        _world.Directory.BeforePage = link =>
        {
            if (link is not null)
            {
                throw new PageExpiredException("410");
            }
        };

        var fault = await Assert.ThrowsAsync<DirectoryUnavailableException>(() => HandleAsync(command));

        Assert.Contains("keep expiring", fault.Message, StringComparison.Ordinal);
        Assert.Equal(fault.Message, (await _world.ScanAsync(command.Scan)).Fault);
    }

    [Fact]
    public async Task HandleAsync_TimeIsUp_HandsOverToAnotherMessage()
    {
        await GivenSevenUsersOnFourPagesAsync();
        var command = await _world.RequestScanAsync();
        _world.Directory.BeforePage = _ => _world.Clock.Advance(_world.Scanning.SoftDeadline);

        var outcome = await HandleAsync(command);

        Assert.Equal(ScanOutcome.Continues, outcome);
        Assert.Equal(1, (await _world.ScanAsync(command.Scan)).Page);
        Assert.Equal([command], _world.Queue.Take<ScanTenant>());
        Assert.Empty(_world.Queue.Sent);
        _world.Directory.BeforePage = null;
        Assert.Equal(ScanOutcome.Completed, await HandleAsync(command));
        Assert.Equal(7, (await _world.ScanAsync(command.Scan)).UsersRead);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HandleAsync_TenantGoneOrDisabled_Fails(bool gone)
    {
        await _world.GivenAnnAsync();
        var command = await _world.RequestScanAsync();
        await (gone
            ? _world.Get<RemoveTenantHandler>().HandleAsync(new(_world.Tenant.Id, Samples.Olga), World.Cancellation)
            : _world.RegisterAsync(t => t with { Enabled = false }));

        var outcome = await HandleAsync(command);

        Assert.Equal(ScanOutcome.Failed, outcome);
        Assert.Equal(0, _world.Directory.PagesRead);
        Assert.Single(_world.Audit.Entries, e => e.Type == nameof(ScanFailed) && e.Reason!.Contains("disabled", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HandleAsync_CloudManagedOnce_IsNeverForgotten(bool seenBetween)
    {
        await _world.GivenAnnAsync();
        _world.Directory.UserFacts[Samples.Ann.Id] = Samples.UserFacts with { IsCloudManaged = Reading.Known(true) };
        await _world.ScanAsync();
        _world.Directory.UserFacts.Clear();

        if (seenBetween)
        {
            await _world.ScanAsync();
        }

        var scan = await _world.ScanAsync();

        Assert.Equal(1, Assert.Single(scan.Counts, c => c.Key is Classification.AuthorityReverted).Value);
        Assert.Empty(_world.Queue.Of<ProposeClear>());
    }

    [Fact]
    public async Task HandleAsync_NothingAskedOfTheUser_NeverSendsAClear()
    {
        await _world.GivenAnnAsync();

        await _world.ScanAsync();

        Assert.Empty(_world.Queue.Of<ApplyClear>());
        _world.AssertNothingWritten();
    }

    private static ReadOnlySpan<CloudUser> Guests(int count) =>
        Enumerable.Range(0, count).Select(n => Samples.Ann with
        {
            Id = Guid.NewGuid(),
            UserType = "Guest",
            UserPrincipalName = $"guest{n}_elsewhere.example#EXT#@corp.onmicrosoft.com",
            Mail = null,
            ProxyAddresses = [],
        }).ToArray();

    private async Task GivenSevenUsersOnFourPagesAsync()
    {
        await _world.GivenAnnAsync();
        _world.Directory.Put(_world.Tenant.Id, Guests(6));
        _world.Directory.PageSize = 2;
        _world.Scanning.BatchSize = 2;
    }

    private Task<ScanOutcome> HandleAsync(ScanTenant command) =>
        _world.Get<ScanTenantHandler>().HandleAsync(command, World.Cancellation);
}
