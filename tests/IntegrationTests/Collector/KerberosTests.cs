using System.Diagnostics;
using Xunit;

namespace Reanchor.IntegrationTests.Collector;

/// <summary>Exports on Linux by whoever has a ticket: no user, no password.</summary>
public sealed class KerberosTests(SambaDomains domains) : IDisposable
{
    private const string Kinit = "/usr/bin/kinit";

    private readonly string _folder = Directory.CreateTempSubdirectory("reanchor-kerberos-").FullName;
    private readonly CollectorRun _run = new();

    private string Configuration => Path.Combine(_folder, "krb5.conf");

    private string Tickets => $"FILE:{Path.Combine(_folder, "tickets")}";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Export_WithATicket_NeedsNoPassword(bool plainLdap)
    {
        SkipIfMissing();
        var partner = await domains.PartnerAsync();
        await WriteConfigurationAsync(partner);
        await SignInAsync(partner);

        var (exitCode, errors) = await ExportAsync(partner, plainLdap);

        Assert.True(exitCode == 0, errors);
        var (intake, _) = await _run.ReadAsync();
        Assert.Equal(25 + SambaSeed.BuiltInUsers, intake.Count);
    }

    [Fact]
    public async Task Export_WithoutATicket_SaysToGetOne()
    {
        SkipIfMissing();
        var partner = await domains.PartnerAsync();
        await WriteConfigurationAsync(partner);

        var (exitCode, errors) = await ExportAsync(partner, plainLdap: false);

        Assert.Contains("On Linux run kinit first", errors, StringComparison.Ordinal);
        Assert.Equal(2, exitCode);
        Assert.Empty(_run.Files);
    }

    public void Dispose()
    {
        _run.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static void SkipIfMissing() => Assert.SkipUnless(
        File.Exists(Kinit) && Directory.EnumerateDirectories("/usr/lib").Any(d => File.Exists(Path.Combine(d, "sasl2", "libgssapiv2.so"))),
        "KINIT OR SASL'S KERBEROS IS MISSING, SO A SIGN-IN BY TICKET WAS NOT TESTED. tests/run.sh installs them on Debian as root.");

    private Task WriteConfigurationAsync(SambaDomain domain) => File.WriteAllTextAsync(
        Configuration,
        $$"""
          [libdefaults]
           default_realm = {{domain.Realm.ToUpperInvariant()}}
           dns_lookup_kdc = false
           dns_canonicalize_hostname = false
           rdns = false
          [realms]
           {{domain.Realm.ToUpperInvariant()}} = {
            kdc = {{domain.Address}}
           }
          [domain_realm]
           {{domain.Address}} = {{domain.Realm.ToUpperInvariant()}}

          """,
        TestContext.Current.CancellationToken);

    private async Task SignInAsync(SambaDomain domain)
    {
        var start = new ProcessStartInfo(Kinit, [$"reader@{domain.Realm.ToUpperInvariant()}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["KRB5_CONFIG"] = Configuration;
        start.Environment["KRB5CCNAME"] = Tickets;
        using var kinit = Process.Start(start)!;
        await kinit.StandardInput.WriteLineAsync(SambaDomain.ReaderPassword);
        kinit.StandardInput.Close();
        var output = kinit.StandardOutput.ReadToEndAsync();
        var errors = await kinit.StandardError.ReadToEndAsync();
        await kinit.WaitForExitAsync();
        Assert.True(kinit.ExitCode == 0, $"{await output}{errors}");
    }

    private Task<(int ExitCode, string Errors)> ExportAsync(SambaDomain domain, bool plainLdap) => _run.ExportInProcessAsync(
        domain,
        plainLdap ? ["--plain-ldap"] : ["--ca-folder", domain.CaFolder],
        ("KRB5_CONFIG", Configuration),
        ("KRB5CCNAME", Tickets));
}
