using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Reanchor.LocalHost.Storage;

/// <summary>
/// A running Azurite that belongs to this process: it ends when this is disposed, and also when this process is killed.
/// </summary>
public sealed partial class AzuriteProcess : IAsyncDisposable
{
    // Published by Microsoft for every emulator; it protects nothing.
    private const string EmulatorAccount = "devstoreaccount1";
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly AzuriteFolderLock? _folder;
    private readonly OutputTail _output = new();
    private readonly Dictionary<string, string> _addresses = [];
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _disposed;

    private AzuriteProcess(ProcessStartInfo startInfo, AzuriteFolderLock? folder)
    {
        _folder = folder;
        _process = NodeCommand.Start(startInfo, OnLine);
        _process.Exited += (_, _) => _exited.TrySetResult();

        if (_process.HasExited)
        {
            _exited.TrySetResult();
        }
    }

    /// <summary>Names all three services.</summary>
    public string ConnectionString => ConnectionStringOf(EmulatorAccount);

    public int ProcessId => _process.Id;

    /// <summary>Ends when Azurite ends, for whatever reason.</summary>
    public Task Exited => _exited.Task;

    /// <summary>Installs Azurite if need be, starts it and waits until all three services listen.</summary>
    /// <param name="options">Ports and folder.</param>
    /// <param name="progress">Gets a line for a person now and then while an installation goes on; called from any thread.</param>
    /// <param name="cancellationToken">Stops the installation or the start; nothing is left running.</param>
    /// <exception cref="StartRefusedException">Node.js or npm is missing or failed, a port is taken, or the folder is in use.</exception>
    public static async Task<AzuriteProcess> StartAsync(AzuriteOptions options, Action<string> progress, CancellationToken cancellationToken)
    {
        await NodeCommand.RequireNodeAsync("node", cancellationToken);
        var script = await new AzuriteInstallation(options.InstallFolder ?? AzuriteInstallation.DefaultFolder(), progress).EnsureAsync(cancellationToken);
        var location = options.Location is null ? null : Path.GetFullPath(options.Location);
        var folder = location is null ? null : await AzuriteFolderLock.TakeAsync(location, cancellationToken);
        AzuriteProcess azurite;

        try
        {
            azurite = new AzuriteProcess(StartInfo(options, script, location), folder);
        }
        catch
        {
            folder?.Dispose();
            throw;
        }

        try
        {
            folder?.Record(azurite.ProcessId);
            await azurite.UntilListeningAsync(cancellationToken);
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    /// <param name="account">The emulator's own, or one of <see cref="AzuriteOptions.Accounts"/>.</param>
    public string ConnectionStringOf(string account) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={EmulatorKey};"
        + string.Concat(_addresses.Select(address => $"{address.Key}Endpoint={address.Value}/{account};"));

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        try
        {
            // Closing stdin is what run.mjs waits for; it saves what is in memory and ends.
            _process.StandardInput.Close();
            using var limit = new CancellationTokenSource(StopLimit);
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }
        finally
        {
            _process.Dispose();
            _folder?.Dispose();
        }
    }

    private static ProcessStartInfo StartInfo(AzuriteOptions options, string script, string? location)
    {
        var startInfo = NodeCommand.StartInfo("node", Arguments(options, script, location));

        if (options.Accounts.Count > 0)
        {
            startInfo.Environment["AZURITE_ACCOUNTS"] = string.Join(';', options.Accounts.Prepend(EmulatorAccount).Select(account => $"{account}:{EmulatorKey}"));
        }

        return startInfo;
    }

    private static IEnumerable<string> Arguments(AzuriteOptions options, string script, string? location) =>
    [
        Path.Combine(AzuriteInstallation.PackageFolder, "run.mjs"),
        script,
        "--blobHost", "127.0.0.1", "--blobPort", Port(options.BlobPort),
        "--queueHost", "127.0.0.1", "--queuePort", Port(options.QueuePort),
        "--tableHost", "127.0.0.1", "--tablePort", Port(options.TablePort),
        "--silent",
        "--disableTelemetry",
        "--skipApiVersionCheck", // the client libraries are often newer than the emulator
        .. location is null ? (string[])["--inMemoryPersistence"] : ["--location", location],
    ];

    private static string Port(int port) => port.ToString(CultureInfo.InvariantCulture);

    private async Task UntilListeningAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAny(_listening.Task, Exited).WaitAsync(StartLimit, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new StartRefusedException($"Azurite did not listen within {StartLimit.TotalSeconds} s. It said:{Environment.NewLine}{_output}");
        }

        if (!_listening.Task.IsCompleted)
        {
            await _process.WaitForExitAsync(cancellationToken); // the output is complete only then
            throw new StartRefusedException(
                _output.ToString() is var said && said.Contains("EADDRINUSE", StringComparison.Ordinal)
                    ? $"Azurite cannot listen: something else uses its port. Stop it or choose another port. It said:{Environment.NewLine}{said}"
                    : $"Azurite did not start. It said:{Environment.NewLine}{said}");
        }
    }

    private void OnLine(string? line)
    {
        _output.Add(line);

        if (line is null || ListeningLine().Match(line) is not { Success: true } match)
        {
            return;
        }

        // Called for stdout and stderr on different threads.
        lock (_addresses)
        {
            _addresses[match.Groups["service"].Value] = match.Groups["address"].Value;

            if (_addresses.Count == 3)
            {
                _listening.TrySetResult();
            }
        }
    }

    [GeneratedRegex(@"^Azurite (?<service>Blob|Queue|Table) service is successfully listening at (?<address>\S+?)/?$")]
    private static partial Regex ListeningLine();
}
