using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>The real LocalHost program in a process of its own. Ended on dispose; <see cref="Kill"/> ends it without a goodbye.</summary>
internal sealed partial class LocalHostProcess : IAsyncDisposable
{
    private static readonly string Program = typeof(Reanchor.LocalHost.StartRefusedException).Assembly.Location;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private LocalHostProcess(Process process) => _process = process;

    /// <summary>Where it serves, as it says itself; <see langword="null"/> until it does.</summary>
    public Uri Origin { get; private set; } = null!;

    public string Output => string.Join(Environment.NewLine, _output);

    /// <summary>Starts it without the demonstration, on a port of its own choice, and waits until it serves.</summary>
    public static Task<LocalHostProcess> StartAsync(string storage, Uri graph, params (string Name, string Value)[] settings) =>
        StartAsync([], storage, graph, settings);

    /// <summary>The same, with every span written to a file.</summary>
    public static Task<LocalHostProcess> StartTracedAsync(
        string storage, Uri graph, string traceFile, params (string Name, string Value)[] settings) =>
        StartAsync(["--trace", traceFile], storage, graph, settings);

    private static async Task<LocalHostProcess> StartAsync(
        string[] arguments, string storage, Uri graph, (string Name, string Value)[] settings)
    {
        var host = Launch(
            ["--no-demo", "--port", "0", "--storage", storage, .. arguments],
            [("Graph__Endpoint", graph.AbsoluteUri), ("Graph__Credential", "None"), .. settings]);

        try
        {
            var waited = Stopwatch.StartNew();

            while (host.Origin is null)
            {
                Assert.False(host._process.HasExited, $"LocalHost ended before it served.{Environment.NewLine}{host.Output}");
                Assert.True(waited.Elapsed < TimeSpan.FromMinutes(2), $"LocalHost did not serve.{Environment.NewLine}{host.Output}");
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }

            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs it until it ends by itself.</summary>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(
        IReadOnlyList<string> arguments, params (string Name, string Value)[] settings)
    {
        await using var host = Launch(arguments, settings);
        await host._process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(5));
        return (host._process.ExitCode, host.Output);
    }

    public long PeakWorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    public bool HasExited => _process.HasExited;

    public void Kill()
    {
        _process.Kill(entireProcessTree: false);
        _process.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: false);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static LocalHostProcess Launch(
        IReadOnlyList<string> arguments, (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // It lives for seconds: what its compiler would learn on the way costs more than it gives.
        start.Environment["DOTNET_TieredPGO"] = "0";

        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var host = new LocalHostProcess(process);
        process.OutputDataReceived += (_, line) => host.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => host.Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return host;
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);

            if (Serving().Match(line) is { Success: true } serving)
            {
                Origin = new(serving.Groups[1].Value);
            }
        }
    }

    [GeneratedRegex(@"^Reanchor serves (http://[^/]+)/")]
    private static partial Regex Serving();
}
