using System.Diagnostics;
using Reanchor.Collector.Commands;
using Reanchor.Contracts;
using Reanchor.Inventories;
using Xunit;

namespace Reanchor.IntegrationTests.Collector;

/// <summary>A run of the collector's program, with a folder of its own for what it writes.</summary>
internal sealed class CollectorRun : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reanchor-collector-").FullName;

    public string OutputPath => Path.Combine(_folder, "forest.ndjson.gz");

    public string Output { get; private set; } = "";

    public string Errors { get; private set; } = "";

    public IEnumerable<string> Files => Directory.EnumerateFiles(_folder).Select(f => Path.GetFileName(f)).Where(f => f != "password");

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(params string[] arguments)
    {
        var output = new StringWriter();
        var errors = new StringWriter();
        var exitCode = await CollectorCommand.RunAsync(arguments, output, errors);
        (Output, Errors) = (output.ToString(), errors.ToString());
        return exitCode;
    }

    /// <summary>Exports with a user and a password file. LDAPS with the domain's authority unless the options say otherwise.</summary>
    public async Task<int> ExportAsync(SambaDomain domain, string user, string password, params string[] options)
    {
        var passwordFile = Path.Combine(_folder, "password");
        SecretFile.Write(passwordFile, password + "\n");
        string[] server = options.Contains("--server") ? [] : ["--server", domain.Address];
        string[] trust = options.Contains("--ca-folder") || options.Contains("--plain-ldap") ? [] : ["--ca-folder", domain.CaFolder];
        return await RunAsync(
            ["export", "--out", OutputPath, "--user", user, "--password-file", passwordFile, .. server, .. trust, .. options]);
    }

    /// <summary>Exports over LDAPS in a process of its own, with variables that the LDAP library reads. Trusts this machine's authorities only.</summary>
    public Task<(int ExitCode, string Errors)> ExportInProcessAsync(
        SambaDomain domain, string user, string password, params (string Name, string Value)[] variables)
    {
        var passwordFile = Path.Combine(_folder, "password");
        SecretFile.Write(passwordFile, password);
        return ExportInProcessAsync(domain, ["--user", user, "--password-file", passwordFile], variables);
    }

    /// <summary>Exports in a process of its own. It signs in as the account that runs it unless the options say otherwise.</summary>
    public async Task<(int ExitCode, string Errors)> ExportInProcessAsync(
        SambaDomain domain, string[] options, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [typeof(CollectorCommand).Assembly.Location, "export", "--out", OutputPath, "--server", domain.Address, .. options])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, errors);
    }

    /// <summary>Uploads what the last export wrote.</summary>
    public async Task<int> UploadAsync(
        string url, string token, string tenant = FakeReanchor.Tenant, string collector = "corp")
    {
        var tokenFile = Path.Combine(_folder, "password");
        SecretFile.Write(tokenFile, token);
        return await RunAsync(
            "upload", "--file", OutputPath, "--url", url, "--tenant", tenant, "--collector", collector, "--token-file", tokenFile);
    }

    /// <summary>The accounts of the file, read as the server reads an upload.</summary>
    public async Task<(InventoryIntakeResult Intake, List<DirectoryAccount> Accounts)> ReadAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var file = File.OpenRead(OutputPath);
        var stored = new MemoryStream();
        var intake = await new InventoryIntake(InventoryLimits.Default, TimeProvider.System)
            .ReadNdjsonAsync(file, gzip: true, stored, cancellation);
        stored.Position = 0;
        var accounts = new List<DirectoryAccount>();

        if (intake.IsAccepted)
        {
            await foreach (var account in InventoryReader.ReadAsync(stored, cancellation))
            {
                accounts.Add(account);
            }
        }

        return (intake, accounts);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
