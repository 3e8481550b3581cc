using Xunit;

namespace Reanchor.IntegrationTests.Collector;

/// <summary>Exports that must not leave a file behind, and must say what to do.</summary>
public sealed class ExportFailureTests(SambaDomains domains) : IDisposable
{
    private readonly CollectorRun _run = new();

    [Fact]
    public async Task Export_WrongPassword_SaysSo()
    {
        var partner = await domains.PartnerAsync();

        var exitCode = await _run.ExportAsync(partner, partner.Reader, "not the password");

        AssertFailed(2, exitCode, "the user name or the password is wrong");
    }

    [Fact]
    public async Task Export_PlainLdapRefusedByServer_SaysToUseLdaps()
    {
        var partner = await domains.PartnerAsync();

        var exitCode = await _run.ExportAsync(partner, partner.Reader, SambaDomain.ReaderPassword, "--plain-ldap");

        AssertFailed(2, exitCode, "refuses a sign-in without TLS. Leave --plain-ldap out");
    }

    [Fact]
    public async Task Export_CertificateNotTrusted_SaysWhoseItIs()
    {
        var corp = await domains.CorpAsync();
        var partner = await domains.PartnerAsync();

        var exitCode = await _run.ExportAsync(partner, partner.Reader, SambaDomain.ReaderPassword, "--ca-folder", corp.CaFolder);

        AssertFailed(2, exitCode, "issued by CN=dc1.example, which this machine does not trust");
    }

    [Theory]
    [InlineData("never")]
    [InlineData("allow")]
    [InlineData("try")]
    public async Task Export_VerificationSwitchedOffInTheEnvironment_RefusesTheCertificateAllTheSame(string value)
    {
        var partner = await domains.PartnerAsync();

        var (exitCode, errors) = await _run.ExportInProcessAsync(
            partner, partner.Reader, SambaDomain.ReaderPassword, ("LDAPTLS_REQCERT", value));

        Assert.Contains("issued by CN=dc1.example, which this machine does not trust", errors, StringComparison.Ordinal);
        Assert.Equal(2, exitCode);
        Assert.Empty(_run.Files);
    }

    [Theory]
    [InlineData("FALSE")]
    [InlineData(null)]
    public async Task Export_ServerNotSynchronised_IsRefusedByItsName(string? answer)
    {
        SambaDomain.SkipIfMissing();
        await using var domain = await SambaDomain.StartAsync(new("fresh.test", "FRESH", 1) { Synchronized = answer });

        var exitCode = await _run.ExportAsync(domain, domain.Administrator, SambaDomain.AdministratorPassword);

        AssertFailed(2, exitCode, $"{domain.Address} does not say that it is synchronised with the other domain controllers");
    }

    [Fact]
    public async Task Export_AccountThatMayNotBeReadWhole_NamesTheRight()
    {
        SambaDomain.SkipIfMissing();
        await using var domain = await SambaDomain.StartAsync(new("hidden.test", "HIDDEN", 5) { SetsOnly = 3 });

        var exitCode = await _run.ExportAsync(domain, domain.Collector, SambaDomain.CollectorPassword);

        AssertFailed(2, exitCode, "came without whenCreated, uSNChanged, which every account has");
        Assert.Contains("Give the reading account the right Read all properties on user objects", _run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("CN=", _run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_CertificateOfAnotherName_SaysSo()
    {
        SambaDomain.SkipIfMissing();
        await using var domain = await SambaDomain.StartAsync(new("misnamed.test", "MISNAMED", 1) { CertificateAddress = "192.0.2.1" });

        var exitCode = await _run.ExportAsync(domain, domain.Reader, SambaDomain.ReaderPassword);

        AssertFailed(2, exitCode, "is for another name");
    }

    [Fact]
    public async Task Export_ServerDiesHalfway_LeavesNoFile()
    {
        SambaDomain.SkipIfMissing();
        await using var domain = await SambaDomain.StartAsync(new("dying.test", "DYING", 500));
        await using var proxy = new LdapProxy(domain, page =>
        {
            if (page == 10)
            {
                domain.Kill();
            }

            return Task.CompletedTask;
        });

        var exitCode = await _run.ExportAsync(
            domain, domain.Reader, SambaDomain.ReaderPassword, "--server", proxy.Address, "--plain-ldap", "--page-size", "20");

        Assert.Equal(10, proxy.Pages);
        AssertFailed(2, exitCode, "ended the connection (LDAP error 81). Nothing was written.");
    }

    [Fact]
    public async Task Export_AnotherForestThanExpected_IsRefused()
    {
        var partner = await domains.PartnerAsync();

        var exitCode = await _run.ExportAsync(partner, partner.Reader, SambaDomain.ReaderPassword, "--forest", "corp.test");

        AssertFailed(1, exitCode, "belong to the forest partner.test, not corp.test");
    }

    [Fact]
    public async Task Export_ServersOfTwoForests_IsRefused()
    {
        var corp = await domains.CorpAsync();
        await using var other = await SambaDomain.StartAsync(new("other.test", "OTHER", 1));
        await other.AddTwinAsync(corp.Reader);
        var authorities = Directory.CreateTempSubdirectory("reanchor-authorities-");
        File.Copy(Path.Combine(corp.CaFolder, "ca.pem"), Path.Combine(authorities.FullName, "corp.pem"));
        File.Copy(Path.Combine(other.CaFolder, "ca.pem"), Path.Combine(authorities.FullName, "other.pem"));

        var exitCode = await _run.ExportAsync(
            corp, corp.Reader, SambaDomain.ReaderPassword,
            "--server", corp.Address, "--server", other.Address, "--ca-folder", authorities.FullName);
        authorities.Delete(recursive: true);

        AssertFailed(1, exitCode, $"{other.Address} belongs to another forest than corp.test.");
    }

    [Fact]
    public async Task Export_NothingListens_SaysWhatToCheck()
    {
        var partner = await domains.PartnerAsync();

        var exitCode = await _run.ExportAsync(
            partner, partner.Reader, SambaDomain.ReaderPassword, "--server", $"{LoopbackAddress.Next()}:636");

        AssertFailed(2, exitCode, "does not answer on port 636");
    }

    [Fact]
    public async Task Export_SpareServerDown_SucceedsWithANote()
    {
        var partner = await domains.PartnerAsync();

        var exitCode = await _run.ExportAsync(
            partner, partner.Reader, SambaDomain.ReaderPassword, "--server", LoopbackAddress.Next(), "--server", partner.Address);

        Assert.True(exitCode == 0, _run.Errors);
        Assert.Contains("does not answer on port 636", _run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_DomainOfTheForestWithoutServer_IsRefusedByItsName()
    {
        SambaDomain.SkipIfMissing();
        await using var domain = await SambaDomain.StartAsync(
            new("parent.test", "PARENT", 5) { ChildDomain = "child.parent.test" });

        var exitCode = await _run.ExportAsync(domain, domain.Administrator, SambaDomain.AdministratorPassword);

        AssertFailed(2, exitCode, "No server given holds the domain child.parent.test.");
    }

    public void Dispose() => _run.Dispose();

    private void AssertFailed(int expected, int exitCode, string words)
    {
        Assert.Contains(words, _run.Errors, StringComparison.Ordinal);
        Assert.Equal(expected, exitCode);
        Assert.Empty(_run.Files);
        Assert.Empty(_run.Output);
    }
}
