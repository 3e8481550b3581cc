using System.Text.Json;
using Reanchor.IntegrationTests.Pipeline;
using Xunit;

namespace Reanchor.IntegrationTests.Crashes;

/// <summary>A LocalHost on a stage of its own, behind a relay. Whoever calls it starts it again when it has died.</summary>
internal sealed class RelayedHost : IAsyncDisposable
{
    private static readonly (string, string)[] Hurried =
    [
        ("LocalHost__MessageLease", "00:00:02"),
        ("AzureFunctionsJobHost__extensions__queues__maxPollingInterval", "00:00:00.5"),
        ("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:00"),
        ("AzureFunctionsJobHost__extensions__queues__maxDequeueCount", "50"),
        ("Reanchor__ClaimDuration", "00:00:03"),
        ("Reanchor__VerificationFirstDelay", "00:00:01"),
        ("Reanchor__VerificationMaxDelay", "00:00:01"),

        // A message of a scan hands over to the next one after every page.
        ("Scan__BatchSize", "1"),
        ("Scan__SoftDeadline", "00:00:00.001"),

        // It runs at every start; a story that goes on without one must end by itself.
        ("MaintenanceSchedule", "0 0 0 1 1 *"),
    ];

    private readonly Dictionary<string, Api> _callers = [];
    private readonly (string, string)[] _settings;
    private LocalHostProcess? _process;

    private RelayedHost(Stage stage, Relay relay, (string, string)[] settings) => (Stage, Relay, _settings) = (stage, relay, settings);

    public Stage Stage { get; }

    public Relay Relay { get; }

    /// <summary>The last lines that the process wrote.</summary>
    public string Output => string.Join(Environment.NewLine, (_process?.Output ?? "").Split(Environment.NewLine).TakeLast(40));

    /// <param name="settings">In place of those with which a dead process's work is soon taken up.</param>
    public static async Task<RelayedHost> StartAsync(params (string, string)[] settings)
    {
        var stage = await Stage.SetAloneAsync();
        var relay = await Relay.StartAsync(stage.Storage, stage.Graph);
        var host = new RelayedHost(stage, relay, settings);
        await host.StartProcessAsync();
        return host;
    }

    /// <summary>Ends the process as kill -9 does.</summary>
    public void Kill() => _process!.Kill();

    /// <summary>Calls the API. When the process dies in the middle, calls the next one, as a person would who sees the connection break.</summary>
    public async Task<T> CallAsync<T>(string name, string[] roles, Func<Api, Task<T>> call)
    {
        while (true)
        {
            // Before the call and not only after it fails: somebody else may have the port of the dead by then.
            await ReviveAsync();

            try
            {
                if (!_callers.TryGetValue(name, out var api))
                {
                    _callers[name] = api = await Api.SignInAsync(_process!.Origin, name, roles);
                }

                return await call(api);
            }
            catch (Exception ex) when (ex is HttpRequestException or IOException)
            {
                await Deadline.UntilAsync("the process that broke a connection has ended", () => _process!.HasExited);
            }
        }
    }

    /// <summary>Waits for a condition, and starts the process again if it dies meanwhile.</summary>
    public Task UntilAsync(string what, Func<Task<bool>> condition) => Deadline.UntilAsync(
        what,
        async () =>
        {
            await ReviveAsync();
            return await condition();
        },
        TimeSpan.FromMinutes(2));

    public Task<List<JsonElement>> ListAsync(string path) => CallAsync("reader", ["Read"], api => api.ListAsync(path));

    public async ValueTask DisposeAsync()
    {
        await EndProcessAsync();
        await Relay.DisposeAsync();
        await Stage.DisposeAsync();
    }

    private async Task ReviveAsync()
    {
        // None when a start has failed: the next story tries again.
        if (_process is not { HasExited: false })
        {
            await StartProcessAsync();
        }
    }

    private async Task EndProcessAsync()
    {
        foreach (var caller in _callers.Values)
        {
            caller.Dispose();
        }

        _callers.Clear();

        if (_process is not null)
        {
            await _process.DisposeAsync();
            _process = null;
        }
    }

    private async Task StartProcessAsync()
    {
        await EndProcessAsync();
        _process = await LocalHostProcess.StartAsync(Relay.Storage, Relay.Graph, [.. Hurried, .. _settings]);
    }
}
