using System.Diagnostics;

namespace Reanchor.IntegrationTests;

/// <summary>This test program in another process, in a role of <see cref="ChildRole"/>; killed on dispose.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public static ChildProcess Start(string role, params IEnumerable<string> arguments)
    {
        var startInfo = new ProcessStartInfo(Environment.ProcessPath!, ["role", role, .. arguments])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };

        return new(Process.Start(startInfo)!);
    }

    /// <summary>The next line that the role prints.</summary>
    public async Task<string> ReadLineAsync(CancellationToken cancellationToken) =>
        await _process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(3), cancellationToken)
        ?? throw new InvalidOperationException("The child process ended without an answer; its error output is above.");

    /// <summary>Ends this one process at once, as kill -9 does, and leaves its children to themselves.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: false);
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: false);
        }

        _process.Dispose();
    }
}
