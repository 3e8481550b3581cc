using System.Diagnostics;
using System.Net.Sockets;
using Xunit;

namespace Reanchor.IntegrationTests.Collector;

/// <summary>
/// A real Active Directory domain controller (Samba) with a forest of one domain, on an address of its own. Installs nothing. Ended
/// on dispose; a limit of its own ends it when that never comes.
/// </summary>
internal sealed class SambaDomain : IAsyncDisposable
{
    public const string AdministratorPassword = "Passw0rd-Admin1";
    public const string ReaderPassword = "Read-er-Pass1";

    private const string Program = "/usr/sbin/samba";
    private const string MaximumRuntime = "--maximum-runtime=1800";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private Process? _server;

    private SambaDomain(string folder, string address, string realm) => (_folder, Address, Realm) = (folder, address, realm);

    public string Address { get; }

    public string Realm { get; }

    /// <summary>A folder with the certificate of the authority that the server's certificate comes from.</summary>
    public string CaFolder => Path.Combine(_folder, "ca");

    public string BaseDn => string.Join(',', Realm.Split('.').Select(part => $"DC={part}"));

    public string Administrator => $"Administrator@{Realm}";

    /// <summary>A plain domain user.</summary>
    public string Reader => $"reader@{Realm}";

    /// <summary>Skips the test, with the reason, where no domain controller can be started.</summary>
    public static void SkipIfMissing()
    {
        Assert.SkipUnless(
            File.Exists(Program) && File.Exists("/usr/bin/ldbadd"),
            "SAMBA IS MISSING, SO THE COLLECTOR WAS NOT TESTED AGAINST A REAL ACTIVE DIRECTORY. tests/run.sh installs it on Debian as root.");
        Assert.SkipUnless(
            Environment.IsPrivilegedProcess,
            "NOT ROOT, SO THE COLLECTOR WAS NOT TESTED AGAINST A REAL ACTIVE DIRECTORY. A domain controller needs ports 389 and 636.");
    }

    public static async Task<SambaDomain> StartAsync(SambaSeed seed)
    {
        var folder = Directory.CreateTempSubdirectory("reanchor-samba-").FullName;
        var domain = new SambaDomain(Path.Combine(folder, "dc"), LoopbackAddress.Next(), seed.Realm);

        try
        {
            await domain.ProvisionAsync(seed);
            await domain.LaunchAsync();
            return domain;
        }
        catch
        {
            await domain.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the server at once, as a crash does.</summary>
    public void Kill()
    {
        _server!.Kill(entireProcessTree: false);
        _server.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false })
        {
            _server.Kill(entireProcessTree: false);
            await _server.WaitForExitAsync();
        }

        _server?.Dispose();
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    private async Task ProvisionAsync(SambaSeed seed)
    {
        var database = Path.Combine(_folder, "private", "sam.ldb");
        var script = Path.Combine(AppContext.BaseDirectory, "Collector", "samba", "provision.py");
        await ToolAsync(
            "/usr/bin/python3", script, _folder, Address, Realm, seed.NetBiosName, seed.RefusesPlainSignIn ? "yes" : "no");
        SambaCertificate.Write(_folder, seed.CertificateAddress ?? Address);
        await ToolAsync(
            "/usr/bin/samba-tool", "user", "create", "reader", ReaderPassword, "-H", database, "-s", Path.Combine(_folder, "etc", "smb.conf"));

        var ldif = Path.Combine(_folder, "seed.ldif");
        await File.WriteAllTextAsync(ldif, seed.ToLdif(BaseDn));
        await ToolAsync(
            "/usr/bin/ldbadd", "-o", "batch_mode:1", "--controls=relax:0", "-o", "transaction_index_cache_size:200000", "-H", database, ldif);

        if (seed.Deleted > 0)
        {
            await ToolAsync("/usr/bin/ldbdel", ["-H", database, .. seed.DeletedNames(BaseDn)]);
        }
    }

    private async Task LaunchAsync()
    {
        var start = new ProcessStartInfo(
            Program,
            ["-F", "--no-process-group", "-d1", "-M", "single", MaximumRuntime, "-s", Path.Combine(_folder, "etc", "smb.conf")])
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        _server = Process.Start(start)!;
        var waited = Stopwatch.StartNew();

        while (!await AnswersAsync())
        {
            Assert.False(_server.HasExited, $"Samba ended at its start; its log was in {_folder}/log.");
            Assert.True(waited.Elapsed < StartLimit, "Samba did not answer.");
            await Task.Delay(50);
        }
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(Address, 636);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task ToolAsync(string program, params IEnumerable<string> arguments)
    {
        using var tool = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var output = tool.StandardOutput.ReadToEndAsync();
        var errors = await tool.StandardError.ReadToEndAsync();
        await tool.WaitForExitAsync();
        Assert.True(tool.ExitCode == 0, $"{program} failed.{Environment.NewLine}{await output}{errors}");
    }
}
