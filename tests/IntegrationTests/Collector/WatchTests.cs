using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Reanchor.Collector.Watching;
using Reanchor.Contracts;
using Xunit;

namespace Reanchor.IntegrationTests.Collector;

/// <summary>The service, from its settings file to a real directory and to Reanchor.</summary>
public sealed class WatchTests(SambaDomains domains) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reanchor-watch-").FullName;

    [Fact]
    public async Task Watch_ReanchorOutAtFirst_UploadsWhenItIsBack()
    {
        await using var reanchor = await FakeReanchor.StartAsync();
        reanchor.Refusal = (503, "{}");
        using var host = WatchHost.Build(await GivenSettingsAsync(await domains.PartnerAsync(), reanchor, "exit 0"));
        await host.StartAsync(TestContext.Current.CancellationToken);
        await Deadline.UntilAsync("an inventory waits", () => File.Exists(Path.Combine(_folder, "inventory.ndjson.gz")));

        reanchor.Refusal = null;
        await Deadline.UntilAsync("it has been uploaded", () => !reanchor.Uploads.IsEmpty);
        await host.StopAsync(TestContext.Current.CancellationToken);

        var upload = Assert.Single(reanchor.Uploads);
        Assert.Contains("u00024@partner.test", upload, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo done", true, "done")]
    [InlineData("echo busy >&2; exit 3", false, "The sync command ended with exit code 3. busy")]
    public async Task Watch_SyncWanted_RunsItOnceAndReports(string command, bool synced, string detail)
    {
        await using var reanchor = await FakeReanchor.StartAsync();
        reanchor.SyncWanted = true;
        using var host = WatchHost.Build(await GivenSettingsAsync(await domains.PartnerAsync(), reanchor, command));

        await host.StartAsync(TestContext.Current.CancellationToken);
        await Deadline.UntilAsync("the result has come", () => !reanchor.SyncResults.IsEmpty);
        await host.StopAsync(TestContext.Current.CancellationToken);

        var result = Assert.Single(reanchor.SyncResults);
        Assert.Equal(synced, result.GetProperty("synced").GetBoolean());
        Assert.Equal(detail, result.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("exit 0")]
    [InlineData("exit 3")]
    public async Task Watch_SyncWantedAgainForTheSameClear_RunsItAgainAfterTheInterval(string command)
    {
        await using var reanchor = await FakeReanchor.StartAsync();
        reanchor.SyncWanted = true;
        reanchor.StillWanted = results => results < 3;
        var clock = new HurriedClock();
        using var sync = GivenSync(reanchor, command, clock);

        await sync.StartAsync(TestContext.Current.CancellationToken);
        await Deadline.UntilAsync("three results have come", () => reanchor.SyncResults.Count == 3);
        await sync.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(3, reanchor.SyncResults.Count);
        Assert.True(clock.Waits.Count >= 2, "It did not wait between two syncs.");
        Assert.All(clock.Waits, wait => Assert.Equal(TimeSpan.FromHours(1), wait));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private SyncWatch GivenSync(FakeReanchor reanchor, string command, TimeProvider clock)
    {
        var tokenFile = Path.Combine(_folder, "key");
        SecretFile.Write(tokenFile, FakeReanchor.Token);
        return new(
            Options.Create(new WatchOptions { WorkInterval = TimeSpan.FromHours(1) }),
            Options.Create(new ReanchorOptions { Url = reanchor.Url, Tenant = FakeReanchor.Tenant, Collector = "corp", TokenFile = tokenFile }),
            new SyncCommand(
                Options.Create(new SyncOptions { Program = "/bin/sh", Arguments = ["-c", command] }),
                Options.Create(new ReanchorOptions()),
                Options.Create(new WatchedDirectoryOptions())),
            clock,
            NullLogger<SyncWatch>.Instance);
    }

    private async Task<string> GivenSettingsAsync(SambaDomain domain, FakeReanchor reanchor, string command)
    {
        var secrets = Directory.CreateDirectory(Path.Combine(_folder, "secrets")).FullName;
        var settings = Path.Combine(secrets, "collector.json");
        SecretFile.Write(Path.Combine(secrets, "password"), SambaDomain.ReaderPassword);
        SecretFile.Write(Path.Combine(secrets, "key"), FakeReanchor.Token);
        await File.WriteAllTextAsync(settings, JsonSerializer.Serialize(new
        {
            Directory = new
            {
                Servers = new[] { domain.Address },
                User = domain.Reader,
                PasswordFile = Path.Combine(secrets, "password"),
                domain.CaFolder,
            },
            Reanchor = new { reanchor.Url, Tenant = FakeReanchor.Tenant, Collector = "corp", TokenFile = Path.Combine(secrets, "key") },
            Watch = new { Folder = _folder, RetryAfter = "00:00:00.2", WorkInterval = "00:00:00.2" },
            Sync = new { Program = "/bin/sh", Arguments = new[] { "-c", command } },
        }));
        return settings;
    }
}
