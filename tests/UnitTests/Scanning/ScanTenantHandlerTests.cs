using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Scanning;

public sealed class ScanTenantHandlerTests : ScanTests
{
    [Fact]
    public async Task HandleAsync_OneLeftover_FindsItAndSendsItOn()
    {
        await World.GivenAnnAsync();
        World.Directory.Put(World.Tenant.Id, Guests(2));

        var scan = await World.ScanAsync();

        Assert.Equal((ScanStatus.Completed, 3), (scan.Status, scan.UsersRead));
        Assert.Equal(new Dictionary<Classification, int> { [Classification.Candidate] = 1, [Classification.Guest] = 2 }, scan.Counts);
        Assert.Equal([new ProposeClear(World.Tenant.Id, scan.Id, Samples.Ann.Id)], World.Queue.Of<ProposeClear>());
        Assert.Single(World.Audit.Entries, e => e.Type == nameof(ScanCompleted) && e.Scan == scan.Id && e.At == scan.EndedAt);
        Assert.Single((await World.Findings.FindAsync(World.Tenant.Id, Samples.Ann.Id, World.Cancellation))!.InventoryVersions);
        World.AssertNothingWritten();
    }

    [Fact]
    public async Task HandleAsync_InventoryDoesNotSayThatDeletedAccountsWereRead_WarnsTheApprover()
    {
        await World.GivenAnnAsync();

        await World.ScanAsync();

        var finding = await World.Findings.FindAsync(World.Tenant.Id, Samples.Ann.Id, World.Cancellation);
        Assert.StartsWith(
            "The inventory of the forest corp.example does not say whether deleted accounts were read",
            finding!.Assessment.Warnings[0],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_UserOfAForestThatWasNotRead_WarnsTheApprover()
    {
        await World.GivenAnnAsync();

        await World.ScanAsync();

        var finding = await World.Findings.FindAsync(World.Tenant.Id, Samples.Ann.Id, World.Cancellation);
        Assert.Contains(
            finding!.Assessment.Warnings,
            w => w.StartsWith("The user was last synced from old.example, and no inventory of a forest of that name", StringComparison.Ordinal));
    }

    [Fact]
    public async Task HandleAsync_NoSuchScan_DoesNothing()
    {
        await World.RegisterAsync();

        var outcome = await HandleAsync(new(World.Tenant.Id, ScanId.At(Samples.Now)));

        Assert.Equal(ScanOutcome.Unknown, outcome);
    }

    [Fact]
    public async Task HandleAsync_ManyBatches_CountsEveryUserAndRequestOnce()
    {
        await GivenSevenUsersOnFourPagesAsync();

        var scan = await World.ScanAsync();

        Assert.Equal((ScanStatus.Completed, 4, 7), (scan.Status, scan.Page, scan.UsersRead));
        Assert.Equal(7, scan.Counts.Values.Sum());
        Assert.Equal(5, scan.Requests);
    }

    [Fact]
    public async Task HandleAsync_AnchorFilterRefused_ReadsEveryUnsyncedUserOnce()
    {
        await World.GivenAnnAsync();
        World.Directory.RefusesAnchorFilter = true;
        World.Directory.Put(World.Tenant.Id, [.. Guests(3).ToArray().Select(g => g with { Anchor = null })]);

        var scan = await World.ScanAsync();

        Assert.Equal((ScanStatus.Completed, true, 4, 1), (scan.Status, scan.FilterRefused, scan.UsersRead, scan.Candidates));
        Assert.Single(scan.Counts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HandleAsync_TenantGoneOrDisabled_Fails(bool gone)
    {
        await World.GivenAnnAsync();
        var command = await World.RequestScanAsync();
        await (gone
            ? World.Get<RemoveTenantHandler>().HandleAsync(new(World.Tenant.Id, Samples.Olga), World.Cancellation)
            : World.RegisterAsync(t => t with { Enabled = false }));

        var outcome = await HandleAsync(command);

        Assert.Equal(ScanOutcome.Failed, outcome);
        Assert.Equal(0, World.Directory.PagesRead);
        Assert.Single(World.Audit.Entries, e => e.Type == nameof(ScanFailed) && e.Reason!.Contains("disabled", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HandleAsync_CloudManagedOnce_IsNeverForgotten(bool seenBetween)
    {
        await World.GivenAnnAsync();
        World.Directory.UserFacts[Samples.Ann.Id] = Samples.UserFacts with { IsCloudManaged = Reading.Known(true) };
        await World.ScanAsync();
        World.Directory.UserFacts.Clear();

        if (seenBetween)
        {
            await World.ScanAsync();
        }

        var scan = await World.ScanAsync();

        Assert.Equal(1, Assert.Single(scan.Counts, c => c.Key is Classification.AuthorityReverted).Value);
        Assert.Empty(World.Queue.Of<ProposeClear>());
    }

    [Fact]
    public async Task HandleAsync_NothingAskedOfTheUser_NeverSendsAClear()
    {
        await World.GivenAnnAsync();

        await World.ScanAsync();

        Assert.Empty(World.Queue.Of<ApplyClear>());
        World.AssertNothingWritten();
    }
}
