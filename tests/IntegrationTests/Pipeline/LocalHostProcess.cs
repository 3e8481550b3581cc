using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>The real LocalHost program in a process of its own. Ended on dispose; <see cref="Kill"/> ends it without a goodbye.</summary>
internal sealed class LocalHostProcess : IAsyncDisposable
{
    private static readonly string Program = typeof(Reanchor.LocalHost.StartRefusedException).Assembly.Location;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private LocalHostProcess(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public Uri Origin => new($"http://127.0.0.1:{Port}");

    public string Output => string.Join(Environment.NewLine, _output);

    /// <summary>Starts it without the demonstration and waits until it answers.</summary>
    public static async Task<LocalHostProcess> StartAsync(
        string storage, Uri graph, params (string Name, string Value)[] settings)
    {
        var port = FreePort();
        var host = Launch(
            port,
            ["--no-demo", "--port", $"{port}", "--storage", storage],
            [("Graph__Endpoint", graph.AbsoluteUri), ("Graph__Credential", "None"), .. settings]);

        using var http = new HttpClient { BaseAddress = host.Origin, Timeout = TimeSpan.FromSeconds(5) };
        var waited = Stopwatch.StartNew();

        while (!await AnswersAsync(http))
        {
            Assert.False(host._process.HasExited, $"LocalHost ended before it answered.{Environment.NewLine}{host.Output}");
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(2), $"LocalHost did not answer.{Environment.NewLine}{host.Output}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        return host;
    }

    /// <summary>Runs it until it ends by itself.</summary>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(
        IReadOnlyList<string> arguments, params (string Name, string Value)[] settings)
    {
        await using var host = Launch(0, arguments, settings);
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
        int port, IReadOnlyList<string> arguments, (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var host = new LocalHostProcess(process, port);
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
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            using var response = await http.GetAsync(new Uri("api/health", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (Exception ex) when (ex is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
