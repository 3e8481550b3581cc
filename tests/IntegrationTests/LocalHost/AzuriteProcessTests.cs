using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Reanchor.LocalHost;
using Reanchor.LocalHost.Storage;
using Xunit;

namespace Reanchor.IntegrationTests.LocalHost;

public sealed class AzuriteProcessTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("reanchor-azurite-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task StartAsync_FreePorts_ServesAllThreeServicesUntilDisposed()
    {
        string connectionString;
        int processId;

        await using (var azurite = await StartAsync(new()))
        {
            connectionString = azurite.ConnectionString;
            processId = azurite.ProcessId;

            await new QueueServiceClient(connectionString).GetQueueClient("somewhere").CreateAsync(cancellationToken: Cancellation);
            await new TableServiceClient(connectionString).GetTableClient("Somewhere").CreateAsync(Cancellation);
            await new BlobServiceClient(connectionString).GetBlobContainerClient("somewhere").CreateAsync(cancellationToken: Cancellation);
            Assert.True(await StorageProbe.IsListeningAsync(connectionString, Cancellation));
        }

        Assert.False(await StorageProbe.IsListeningAsync(connectionString, Cancellation));
        Assert.False(IsRunning(processId));
    }

    [Fact]
    public async Task StartAsync_PortTaken_SaysSo()
    {
        await using var first = await StartAsync(new());
        var port = new QueueServiceClient(first.ConnectionString).Uri.Port;

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => StartAsync(new() { QueuePort = port }));

        Assert.Contains("something else uses its port", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(port.ToString(CultureInfo.InvariantCulture), refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_FolderInUse_SaysSo()
    {
        await using var first = await StartAsync(new() { Location = _folder.FullName });

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => StartAsync(new() { Location = _folder.FullName }));

        Assert.Contains(_folder.FullName, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_ParentKilled_AzuriteEndsAndKeepsWhatItWasGiven()
    {
        using var parent = ChildProcess.Start(ChildRole.AzuriteParent, _folder.FullName);
        var processId = int.Parse(await parent.ReadLineAsync(Cancellation), CultureInfo.InvariantCulture);
        var queue = new QueueClient(await parent.ReadLineAsync(Cancellation), "kept");
        await queue.CreateAsync(cancellationToken: Cancellation);
        await queue.SendMessageAsync("still here", Cancellation);

        parent.Kill();
        await using var next = await StartAsync(new() { Location = _folder.FullName });

        Assert.False(IsRunning(processId));
        var messages = await new QueueClient(next.ConnectionString, "kept").ReceiveMessagesAsync(Cancellation);
        Assert.Equal("still here", Assert.Single(messages.Value).MessageText);
    }

    [Theory]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    [InlineData("-HUP")]
    public async Task Signal_SentToTheWholeTerminal_LeavesStorageToItsParent(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals; there Azurite has no console to get Ctrl+C from.");
        await using var azurite = await StartAsync(new());

        using var kill = Process.Start("kill", [signal, azurite.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Cancellation);
        await new QueueServiceClient(azurite.ConnectionString).GetQueueClient("still-served").CreateAsync(cancellationToken: Cancellation);

        Assert.False(azurite.Exited.IsCompleted);
    }

    private static Task<AzuriteProcess> StartAsync(AzuriteOptions options) => AzuriteProcess.StartAsync(options, _ => { }, Cancellation);

    private static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
