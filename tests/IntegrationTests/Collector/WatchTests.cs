using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
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
        await Deadline.UntilAsync("it has been deleted", () => !File.Exists(Path.Combine(_folder, "inventory.ndjson.gz")));
        await host.StopAsync(TestContext.Current.CancellationToken);

        var upload = Assert.Single(reanchor.Uploads);
        Assert.Contains("u00024@partner.test", upload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_InventoryRefused_KeepsItAndWaitsLongerEachTime()
    {
        await using var reanchor = await FakeReanchor.StartAsync();
        reanchor.Refusal = (422, """{"detail":"Nothing of the upload was kept.","errors":[{"detail":"anchor 'AQID' is twice","line":7}]}""");
        var clock = new HurriedClock();
        using var log = new RecordingLog();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        using var inventory = GivenInventory(await domains.PartnerAsync(), reanchor, clock, loggers);

        await inventory.StartAsync(TestContext.Current.CancellationToken);
        await Deadline.UntilAsync("it has been refused five times", () => clock.Waits.Count >= 5);
        var exported = log.Count(8000);
        reanchor.Refusal = null;
        await Deadline.UntilAsync("it has been uploaded", () => !reanchor.Uploads.IsEmpty);
        await inventory.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, exported);
        Assert.Equal([5, 10, 20, 30, 30], clock.Waits.Take(5).Select(w => w.TotalMinutes));
        Assert.Contains("Nothing of the upload was kept. Problems: 1.", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("AQID", log.Text, StringComparison.Ordinal);
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

    [Fact]
    public async Task Watch_SyncFails_LogsWhyWithoutWhatItSaid()
    {
        await using var reanchor = await FakeReanchor.StartAsync();
        reanchor.SyncWanted = true;
        using var log = new RecordingLog();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        using var sync = GivenSync(reanchor, "echo anna; exit 3", new HurriedClock(), loggers);

        await sync.StartAsync(TestContext.Current.CancellationToken);
        await Deadline.UntilAsync("the result has come", () => !reanchor.SyncResults.IsEmpty);
        await sync.StopAsync(TestContext.Current.CancellationToken);

        Assert.Contains("success: False. The sync command ended with exit code 3.", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("anna", log.Text, StringComparison.Ordinal);
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
        using var sync = GivenSync(reanchor, command, clock, NullLoggerFactory.Instance);

        await sync.StartAsync(TestContext.Current.CancellationToken);
        await Deadline.UntilAsync("three results have come", () => reanchor.SyncResults.Count == 3);
        await sync.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(3, reanchor.SyncResults.Count);
        Assert.True(clock.Waits.Count >= 2, "It did not wait between two syncs.");
        Assert.All(clock.Waits, wait => Assert.Equal(TimeSpan.FromHours(1), wait));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private InventoryWatch GivenInventory(SambaDomain domain, FakeReanchor reanchor, TimeProvider clock, ILoggerFactory loggers)
    {
        var passwordFile = Path.Combine(_folder, "password");
        SecretFile.Write(passwordFile, SambaDomain.ReaderPassword);
        return new(
            Options.Create(new WatchOptions { Folder = _folder, Interval = TimeSpan.FromMinutes(30), RetryAfter = TimeSpan.FromMinutes(5) }),
            Options.Create(new WatchedDirectoryOptions
            {
                Servers = [domain.Address],
                User = domain.Reader,
                PasswordFile = passwordFile,
                CaFolder = domain.CaFolder,
            }),
            GivenReanchor(reanchor),
            clock,
            loggers.CreateLogger<InventoryWatch>());
    }

    private IOptions<ReanchorOptions> GivenReanchor(FakeReanchor reanchor)
    {
        var tokenFile = Path.Combine(_folder, "key");
        SecretFile.Write(tokenFile, FakeReanchor.Token);
        return Options.Create(new ReanchorOptions { Url = reanchor.Url, Tenant = FakeReanchor.Tenant, Collector = "corp", TokenFile = tokenFile });
    }

    private SyncWatch GivenSync(FakeReanchor reanchor, string command, TimeProvider clock, ILoggerFactory loggers) =>
        new(
            Options.Create(new WatchOptions { WorkInterval = TimeSpan.FromHours(1) }),
            GivenReanchor(reanchor),
            new SyncCommand(
                Options.Create(new SyncOptions { Program = "/bin/sh", Arguments = ["-c", command] }),
                Options.Create(new ReanchorOptions()),
                Options.Create(new WatchedDirectoryOptions())),
            clock,
            loggers.CreateLogger<SyncWatch>());

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
