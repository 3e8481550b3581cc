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
    public const string CollectorPassword = "Coll-ector-Pass1";

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

    private string Database => Path.Combine(_folder, "private", "sam.ldb");

    public string BaseDn => string.Join(',', Realm.Split('.').Select(part => $"DC={part}"));

    public string Administrator => $"Administrator@{Realm}";

    /// <summary>A plain domain user.</summary>
    public string Reader => $"reader@{Realm}";

    /// <summary>A plain domain user with the rights that docs/collector.md has given to it, and no others.</summary>
    public string Collector => $"collector@{Realm}";

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

    /// <summary>Adds an account while the server runs.</summary>
    public Task AddUserAsync(string name) => SambaToolAsync("user", "create", name, ReaderPassword);

    /// <summary>Adds an account that signs in as one of another forest does, with the reader's password.</summary>
    public async Task AddTwinAsync(string userPrincipalName)
    {
        await AddUserAsync("twin");
        await ModifyAsync(
            $"""
             dn: CN=twin,CN=Users,{BaseDn}
             changetype: modify
             replace: userPrincipalName
             userPrincipalName: {userPrincipalName}

             """);
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
        var script = Path.Combine(AppContext.BaseDirectory, "Collector", "samba", "provision.py");
        await ToolAsync(
            "/usr/bin/python3", script, _folder, Address, Realm, seed.NetBiosName, YesNo(seed.RefusesPlainSignIn), YesNo(seed.Kerberos));
        SambaCertificate.Write(_folder, seed.CertificateAddress ?? Address);
        await SambaToolAsync("user", "create", "reader", ReaderPassword);
        await SambaToolAsync("user", "create", "collector", CollectorPassword);
        await LetCollectorReadDeletedAsync();

        var ldif = Path.Combine(_folder, "seed.ldif");
        await File.WriteAllTextAsync(ldif, seed.ToLdif(BaseDn));
        await ToolAsync(
            "/usr/bin/ldbadd", "-o", "batch_mode:1", "--controls=relax:0", "-o", "transaction_index_cache_size:200000", "-H", Database, ldif);

        if (seed.Kerberos)
        {
            // The domain controller is known by its address alone.
            await SambaToolAsync("spn", "add", $"ldap/{Address}", "DC1$");
        }

        if (seed.HiddenControl is { } hidden)
        {
            // Of everyone, read property, of the attribute with this schemaIDGUID.
            await SambaToolAsync(
                "dsacl", "set", "--objectdn", SambaSeed.NameOf(hidden, BaseDn), "--sddl", "(OD;;RP;bf967a68-0de6-11d0-a285-00aa003049e2;;WD)");
        }

        if (seed.SetsOnly is { } restricted)
        {
            await ModifyAsync(
                $"""
                 dn: {SambaSeed.NameOf(restricted, BaseDn)}
                 changetype: modify
                 replace: nTSecurityDescriptor
                 nTSecurityDescriptor: O:DAG:DAD:PAI(A;;RPWPCCDCLCLORCWOWDSDDTSW;;;SY)(A;;LCLORC;;;AU)(OA;;RP;59ba2f42-79a2-11d0-9020-00c04fc2d3cf;;AU)(OA;;RP;e48d0154-bcf8-11d1-8702-00c04fb96050;;AU)(OA;;RP;4c164200-20c0-11d0-a768-00aa006e0529;;AU)

                 """);
        }

        if (seed.Deleted > 0)
        {
            await ToolAsync("/usr/bin/ldbdel", ["-H", Database, .. seed.DeletedNames(BaseDn)]);
        }

        if (seed.Synchronized is not "TRUE")
        {
            var change = seed.Synchronized is { } value ? $"replace: isSynchronized\nisSynchronized: {value}" : "delete: isSynchronized";
            await ModifyAsync($"dn: @ROOTDSE\nchangetype: modify\n{change}\n");
        }
    }

    /// <summary>What the two dsacls commands of docs/collector.md do: samba-tool does not see the container.</summary>
    private async Task LetCollectorReadDeletedAsync()
    {
        var answer = await ToolAsync("/usr/bin/ldbsearch", "-H", Database, "(sAMAccountName=collector)", "objectSid");
        var sid = answer.Split('\n').Single(line => line.StartsWith("objectSid: ", StringComparison.Ordinal))["objectSid: ".Length..].Trim();
        await ModifyAsync(
            $"""
             dn: CN=Deleted Objects,{BaseDn}
             changetype: modify
             replace: nTSecurityDescriptor
             nTSecurityDescriptor: O:BAG:BAD:PAI(A;;RPWPCCDCLCRCWOWDSDSW;;;SY)(A;;RPLC;;;BA)(A;;LCRP;;;{sid})

             """);
    }

    private async Task ModifyAsync(string ldif)
    {
        var file = Path.Combine(_folder, "change.ldif");
        await File.WriteAllTextAsync(file, ldif);
        await ToolAsync("/usr/bin/ldbmodify", "-H", Database, "--show-deleted", file);
    }

    private Task<string> SambaToolAsync(params IEnumerable<string> arguments) =>
        ToolAsync("/usr/bin/samba-tool", [.. arguments, "-H", Database, "-s", Path.Combine(_folder, "etc", "smb.conf")]);

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

    private static string YesNo(bool value) => value ? "yes" : "no";

    /// <returns>What it said.</returns>
    private static async Task<string> ToolAsync(string program, params IEnumerable<string> arguments)
    {
        using var tool = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var reading = tool.StandardOutput.ReadToEndAsync();
        var errors = await tool.StandardError.ReadToEndAsync();
        var output = await reading;
        await tool.WaitForExitAsync();
        Assert.True(tool.ExitCode == 0, $"{program} failed.{Environment.NewLine}{output}{errors}");
        return output;
    }
}
