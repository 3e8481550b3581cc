using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Reanchor.LocalHost.Storage;

/// <summary>Starts node and npm from the user's path.</summary>
internal static class NodeCommand
{
    public const int OldestVersion = 20;

    private const string Needed = "Node.js 20 or later is needed for the storage emulator (Azurite)";

    /// <exception cref="StartRefusedException">Node.js is missing or too old.</exception>
    public static async Task RequireNodeAsync(string node, CancellationToken cancellationToken)
    {
        var output = new OutputTail();
        await RunAsync(StartInfo(node, ["--version"]), output, cancellationToken);
        var version = output.ToString().Trim();

        if (!int.TryParse(version.TrimStart('v').Split('.')[0], CultureInfo.InvariantCulture, out var major) || major < OldestVersion)
        {
            throw new StartRefusedException($"{Needed}; '{node} --version' answered '{version}'. Install a newer one, or name running storage with --storage.");
        }
    }

    /// <returns>The exit code. A cancelled run is killed with its children.</returns>
    /// <exception cref="StartRefusedException">The command cannot be started.</exception>
    public static async Task<int> RunAsync(ProcessStartInfo startInfo, OutputTail output, CancellationToken cancellationToken)
    {
        using var process = Start(startInfo, output.Add);
        process.StandardInput.Close();

        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>Starts a command with all three streams redirected and every line of its output passed on.</summary>
    /// <exception cref="StartRefusedException">The command cannot be started.</exception>
    public static Process Start(ProcessStartInfo startInfo, Action<string?> onLine)
    {
        var process = new Process { StartInfo = startInfo, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => onLine(line.Data);
        process.ErrorDataReceived += (_, line) => onLine(line.Data);

        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            process.Dispose();
            throw new StartRefusedException(
                $"{Needed}, and '{startInfo.FileName}' cannot be started. Install Node.js with npm and put both on the PATH, or name running storage with --storage.",
                exception);
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    public static ProcessStartInfo StartInfo(string fileName, IEnumerable<string> arguments) =>
        new(fileName, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
}
