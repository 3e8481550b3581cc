using Xunit;

namespace Reanchor.IntegrationTests.Collector;

/// <summary>Exports of a real Active Directory that succeed.</summary>
public sealed class ExportTests(SambaDomains domains) : IDisposable
{
    private readonly CollectorRun _run = new();

    [Fact]
    public async Task Export_TenThousandUsers_ListsEachOfThemAsTheServerTakesIt()
    {
        var corp = await domains.CorpAsync();
        var before = DateTimeOffset.UtcNow;

        var exitCode = await _run.ExportAsync(corp, corp.Administrator, SambaDomain.AdministratorPassword);
        var (intake, accounts) = await _run.ReadAsync();

        Assert.True(exitCode == 0, _run.Errors);
        Assert.True(intake.IsAccepted, string.Join(Environment.NewLine, intake.Problems));
        Assert.Equal("corp.test", intake.Header.Forest);
        Assert.Equal("ms-DS-ConsistencyGuid", intake.Header.AnchorAttribute);
        Assert.InRange(intake.Header.TakenAt, before, DateTimeOffset.UtcNow);
        Assert.Equal(10_003 + SambaSeed.BuiltInUsers, intake.Count);
        var byName = accounts.Where(a => a is { Deleted: false, SamAccountName: ['u', ..] }).ToDictionary(a => a.SamAccountName!);
        Assert.Equal(10_000, byName.Count);

        for (var i = 0; i < 10_000; i++)
        {
            var account = byName[$"u{i:D5}"];
            Assert.Equal(SambaSeed.ConsistencyGuid(i), account.ConsistencyGuid);
            Assert.Equal(SambaDomains.CorpSeed.UserPrincipalName(i), account.UserPrincipalName);
            Assert.Equal(account.UserPrincipalName, account.PrimarySmtpAddress);
            Assert.Equal(2, account.ProxyAddresses.Count);
            Assert.Equal(i % 10 != 0, account.Enabled);
            Assert.StartsWith("S-1-5-21-", account.Sid, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Export_ByAdministrator_ListsDeletedUsers()
    {
        var corp = await domains.CorpAsync();

        await _run.ExportAsync(corp, corp.Administrator, SambaDomain.AdministratorPassword);
        var (_, accounts) = await _run.ReadAsync();

        Assert.Equal(["u10000", "u10001", "u10002"], accounts.Where(a => a.Deleted).Select(a => a.SamAccountName).Order());
        Assert.Contains("3 of them are deleted", _run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_ByPlainUser_SaysThatDeletedUsersCouldNotBeRead()
    {
        var corp = await domains.CorpAsync();

        var exitCode = await _run.ExportAsync(corp, corp.Reader, SambaDomain.ReaderPassword);
        var (intake, accounts) = await _run.ReadAsync();

        Assert.Equal(0, exitCode);
        Assert.Equal(10_000 + SambaSeed.BuiltInUsers, intake.Count);
        Assert.False(intake.DeletedRead);
        Assert.DoesNotContain(accounts, a => a.Deleted);
        Assert.Contains("Deleted accounts could not be read in corp.test", _run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_ManyUsers_AsksForThemInPages()
    {
        var corp = await domains.CorpAsync();
        await using var proxy = new LdapProxy(corp);

        var exitCode = await _run.ExportAsync(
            corp, corp.Administrator, SambaDomain.AdministratorPassword, "--server", proxy.Address, "--plain-ldap", "--page-size", "500");

        Assert.True(exitCode == 0, _run.Errors);

        // 10,006 accounts in pages of 500, one page of deleted ones, one to see that none is hidden, one of those that changed meanwhile.
        Assert.Equal(21 + 1 + 1 + 1, proxy.Pages);
        Assert.Contains("(24 pages)", _run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_SignalsWhileItWaits_GoesOn()
    {
        var partner = await domains.PartnerAsync();
        await using var storm = new SignalStorm();

        for (var i = 0; i < 10; i++)
        {
            var exitCode = await _run.ExportAsync(partner, partner.Reader, SambaDomain.ReaderPassword, "--page-size", "1");

            Assert.True(exitCode == 0, _run.Errors);
        }
    }

    [Fact]
    public async Task Export_SecondForest_IsAnInventoryOfItsOwn()
    {
        var partner = await domains.PartnerAsync();

        var exitCode = await _run.ExportAsync(partner, partner.Administrator, SambaDomain.AdministratorPassword, "--forest", "PARTNER.test");
        var (intake, _) = await _run.ReadAsync();

        Assert.True(exitCode == 0, _run.Errors);
        Assert.Equal("partner.test", intake.Header!.Forest);
        Assert.Equal(25 + SambaSeed.BuiltInUsers, intake.Count);
    }

    [Fact]
    public async Task Export_ByUserWithTheRightsOfTheDocument_ListsDeletedUsersToo()
    {
        var corp = await domains.CorpAsync();

        var exitCode = await _run.ExportAsync(corp, corp.Collector, SambaDomain.CollectorPassword);
        var (intake, accounts) = await _run.ReadAsync();

        Assert.True(exitCode == 0, _run.Errors);
        Assert.Equal(10_003 + SambaSeed.BuiltInUsers, intake.Count);
        Assert.True(intake.DeletedRead);
        Assert.Equal(["u10000", "u10001", "u10002"], accounts.Where(a => a.Deleted).Select(a => a.SamAccountName).Order());
        Assert.Contains("3 of them are deleted", _run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Export_DeletedUserNotReadWhole_SaysThatNotAllWereRead(bool isSeen)
    {
        SambaDomain.SkipIfMissing();
        await using var domain = await SambaDomain.StartAsync(
            new("half.test", "HALF", 4) { Deleted = 2, HiddenControl = isSeen ? 3 : null, SetsOnly = isSeen ? null : 3 });

        var exitCode = await _run.ExportAsync(domain, domain.Collector, SambaDomain.CollectorPassword);

        Assert.True(exitCode == 0, _run.Errors);
        var (intake, accounts) = await _run.ReadAsync();
        Assert.Single(accounts, a => a is { Deleted: true, SamAccountName: "u00002" });
        Assert.False(intake.DeletedRead);
        Assert.Contains("Deleted accounts could not be read in half.test, or not all of them", _run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_UserMadeAfterItsDomainWasRead_IsListedOnce()
    {
        SambaDomain.SkipIfMissing();
        await using var domain = await SambaDomain.StartAsync(new("changing.test", "CHANGING", 5));

        // The first page is all of the live accounts, the second of the deleted ones.
        await using var proxy = new LdapProxy(domain, page => page == 2 ? domain.AddUserAsync("late") : Task.CompletedTask);

        var exitCode = await _run.ExportAsync(
            domain, domain.Reader, SambaDomain.ReaderPassword, "--server", proxy.Address, "--plain-ldap");
        var (intake, accounts) = await _run.ReadAsync();

        Assert.True(exitCode == 0, _run.Errors);
        Assert.Equal(5 + SambaSeed.BuiltInUsers + 1, intake.Count);
        Assert.Single(accounts, a => a.SamAccountName == "late");
    }

    [Fact]
    public async Task Export_CustomAnchor_ListsItsValue()
    {
        var partner = await domains.PartnerAsync();

        await _run.ExportAsync(
            partner, partner.Administrator, SambaDomain.AdministratorPassword, "--anchor-attribute", "samaccountname");
        var (intake, accounts) = await _run.ReadAsync();

        Assert.Equal("sAMAccountName", intake.Header!.AnchorAttribute);
        Assert.All(accounts, a => Assert.Equal(a.SamAccountName, a.CustomAnchor));
        Assert.Equal("u00024", Assert.Single(accounts, a => a.OddConsistencyGuid == "AQID").SamAccountName);
    }

    [Fact]
    public async Task Export_FileIsThere_ReplacesItAndKeepsItPrivate()
    {
        var partner = await domains.PartnerAsync();
        await File.WriteAllTextAsync(_run.OutputPath, "the one before", TestContext.Current.CancellationToken);

        await _run.ExportAsync(partner, partner.Reader, SambaDomain.ReaderPassword);
        var (intake, _) = await _run.ReadAsync();

        Assert.True(intake.IsAccepted);
        Assert.Equal(["forest.ndjson.gz"], _run.Files);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(_run.OutputPath));
    }

    public void Dispose() => _run.Dispose();
}
