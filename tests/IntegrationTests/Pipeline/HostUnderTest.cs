using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Reanchor.Contracts;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>
/// What the black-box tests run against: LocalHost, or, where <c>REANCHOR_FUNCTIONS_APP</c> names the folder of a published Function App, that
/// app under Azure Functions Core Tools (<c>func</c>), with a LocalHost beside it on a storage of its own to sign people in.
/// </summary>
internal sealed class HostUnderTest : IAsyncDisposable
{
    private static readonly string? App = Environment.GetEnvironmentVariable("REANCHOR_FUNCTIONS_APP");

    private readonly LocalHostProcess _local;
    private readonly Stage? _signIn;
    private readonly Process? _func;
    private readonly ConcurrentQueue<string> _output;

    private HostUnderTest(
        LocalHostProcess local, Stage? signIn = null, Process? func = null, Uri? origin = null, ConcurrentQueue<string>? output = null) =>
        (_local, _signIn, _func, Origin, _output) = (local, signIn, func, origin ?? local.Origin, output ?? []);

    public Uri Origin { get; }

    /// <summary>Whose tokens it takes.</summary>
    public Uri SignIn => _local.Origin;

    public static async Task<HostUnderTest> StartAsync(Stage stage, params (string Name, string Value)[] settings)
    {
        if (App is null)
        {
            return new(await LocalHostProcess.StartAsync(stage.Storage, stage.Graph, settings));
        }

        var signIn = await Stage.SetAsync();
        var local = await LocalHostProcess.StartAsync(signIn.Storage, signIn.Graph);
        var port = FreePort();
        var output = new ConcurrentQueue<string>();
        var func = Launch(port, output,
        [
            ("AzureWebJobsStorage", stage.Storage),
            ("DataStorage", stage.Storage),
            ("FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated"),
            ("AzureFunctionsJobHost__extensions__queues__maxPollingInterval", "00:00:01"),
            ("ScanSchedule", "0 0 2 * * *"),
            ("MaintenanceSchedule", "0 7 * * * *"),
            ("Graph__Endpoint", stage.Graph.AbsoluteUri),
            ("Graph__Credential", "None"),
            ("Access__Authority", $"{local.Origin}local"),
            ("Access__Audience", Reanchor.LocalHost.Identity.LocalIdentity.DefaultAudience),
            ("Audit__Key", Samples.AuditKey),
            .. settings,
        ]);
        var host = new HostUnderTest(local, signIn, func, new Uri($"http://127.0.0.1:{port}/"), output);

        try
        {
            await Deadline.UntilAsync("the Functions host answers", async () =>
            {
                Assert.False(func.HasExited, "func ended before it answered.");
                return await AnswersAsync(host.Origin);
            });
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }

        return host;
    }

    public async ValueTask DisposeAsync()
    {
        if (_func is { HasExited: false })
        {
            _func.Kill(entireProcessTree: true);
            await _func.WaitForExitAsync();
        }

        _func?.Dispose();

        // Shown with a test that failed.
        foreach (var line in _output)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(line);
        }

        await _local.DisposeAsync();

        if (_signIn is not null)
        {
            await _signIn.DisposeAsync();
        }
    }

    private static Process Launch(int port, ConcurrentQueue<string> output, (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("func", ["start", "--no-build", "--port", $"{port}"])
        {
            WorkingDirectory = App,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var func = new Process { StartInfo = start };
        func.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        func.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        func.Start();
        func.BeginOutputReadLine();
        func.BeginErrorReadLine();
        return func;
    }

    private static async Task<bool> AnswersAsync(Uri origin)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };

        try
        {
            using var response = await http.GetAsync(new Uri(origin, "api/health"), TestContext.Current.CancellationToken);
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
