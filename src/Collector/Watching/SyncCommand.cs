using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace Reanchor.Collector.Watching;

/// <summary>Runs the administrator's sync command.</summary>
internal sealed class SyncCommand(
    IOptions<SyncOptions> options, IOptions<ReanchorOptions> reanchor, IOptions<WatchedDirectoryOptions> directory)
{
    private const int DetailLength = 500;

    public bool IsConfigured => options.Value.Program.Length > 0;

    /// <returns>Exit code 0 is success.</returns>
    public async Task<SyncRun> RunAsync(CancellationToken cancellationToken)
    {
        var sync = options.Value;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(sync.Timeout);
        Process? process = null;

        try
        {
            process = Process.Start(Describe(sync))!;
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            var said = End($"{await output}{await errors}");

            return process.ExitCode == 0
                ? new(Synced: true, "", said)
                : new(Synced: false, string.Create(CultureInfo.InvariantCulture, $"The sync command ended with exit code {process.ExitCode}."), said);
        }
        catch (Win32Exception ex)
        {
            return new(Synced: false, $"The sync command {sync.Program} could not be started: {ex.Message}", "");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(Synced: false, $"The sync command did not end within {sync.Timeout}, and was stopped.", "");
        }
        finally
        {
            if (process is { HasExited: false })
            {
                process.Kill(entireProcessTree: true);
            }

            process?.Dispose();
        }
    }

    private ProcessStartInfo Describe(SyncOptions sync)
    {
        var start = new ProcessStartInfo(sync.Program, sync.Arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // The command has no use for this program's secrets, and what it says is sent to Reanchor.
        foreach (var secret in (string?[])[reanchor.Value.TokenVariable, directory.Value.PasswordVariable])
        {
            if (secret is not null)
            {
                start.Environment.Remove(secret);
            }
        }

        return start;
    }

    private static string End(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length > DetailLength ? string.Concat("...", trimmed.AsSpan(trimmed.Length - DetailLength)) : trimmed;
    }
}
