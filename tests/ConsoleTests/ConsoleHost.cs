using Microsoft.Playwright;
using Reanchor.Benchmarks;
using Reanchor.GraphSimulator;
using Reanchor.IntegrationTests.Pipeline;
using Xunit;

namespace Reanchor.ConsoleTests;

/// <summary>A real LocalHost with its storage and simulator, and a real Chromium. Without Chromium it starts nothing, and its tests are skipped.</summary>
public class ConsoleHost : IAsyncLifetime
{
    /// <summary>Only says when a test has failed; machines differ.</summary>
    public const float Patience = 60_000;

    private Stage? _stage;
    private LocalHostProcess? _host;
    private Chromium? _chromium;
    private Api? _ada;
    private Api? _piet;

    public SimulatedCloud Cloud => _stage!.Cloud;

    internal Stage Stage => _stage!;

    /// <summary>Where the page is.</summary>
    public Uri Console => new(_host!.Origin, "api/console/");

    public IBrowser Browser => _chromium!.Browser;

    /// <summary>Administers, operates and uploads.</summary>
    internal Api Ada => _ada!;

    /// <summary>Approves what Ada has asked for.</summary>
    internal Api Piet => _piet!;

    public async ValueTask InitializeAsync()
    {
        if (!Chromium.IsInstalled)
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout(Patience);
        _chromium = await Chromium.StartAsync();
        _stage = await Stage.SetAsync();
        _host = await LocalHostProcess.StartAsync(
            _stage.Storage, _stage.Graph, [.. ClearingRun.VerifiesSoon, ("Graph__ClientId", $"{SimulatedCloud.ApplicationId}")]);
        _ada = await Api.SignInAsync(_host.Origin, "Ada", ["Administer", "Operate", "Upload"]);
        _piet = await Api.SignInAsync(_host.Origin, "Piet", ["Approve"]);
        await SeedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _ada?.Dispose();
        _piet?.Dispose();

        foreach (var part in new IAsyncDisposable?[] { _host, _stage, _chromium })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }

        GC.SuppressFinalize(this);
    }

    public Task<string> TokenAsync(string name, params string[] roles) => Api.TokenAsync(_host!.Origin, name, roles);

    /// <summary>Opens a browser of one's own at a sign-in link.</summary>
    internal async Task<Visit> SignInAsync(string name, string[] roles, ColorScheme theme = ColorScheme.Light, int width = 1280)
    {
        var visit = await Visit.StartAsync(this, theme, width);
        await visit.Page.GotoAsync($"{Console}#token={await TokenAsync(name, roles)}");
        await visit.ReadAsync();
        return visit;
    }

    /// <summary>What the tests find there.</summary>
    protected virtual Task SeedAsync() => Task.CompletedTask;
}
