using System.Text;
using Azure.Storage.Queues;
using Reanchor.Contracts;
using Reanchor.LocalHost;
using Reanchor.LocalHost.Hosting;
using Xunit;

namespace Reanchor.IntegrationTests.LocalHost;

public sealed class QueuePumpTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Message_HandlerSucceeds_IsDeliveredOnceAndDeleted()
    {
        var work = Work.Succeeding;
        await using var host = await StartAsync(work);

        await SendAsync(host.Queue, """{"NUMBER":7}""");

        await Deadline.UntilAsync("the message is gone", () => host.IsQueueEmptyAsync(Cancellation));
        Assert.Equal(new WorkItem(7), Assert.Single(work.Deliveries).Item);
    }

    [Fact]
    public async Task Message_HandlerFails_IsDeliveredAgainAfterTheVisibilityTimeout()
    {
        var failures = 0;
        var work = new Work((_, _) => Interlocked.Increment(ref failures) < 3 ? throw new InvalidOperationException("Not yet.") : Task.CompletedTask);
        await using var host = await StartAsync(work, new() { MaxDequeueCount = 3, VisibilityTimeout = TimeSpan.FromSeconds(1) });

        await SendAsync(host.Queue, """{"number":1}""");

        await Deadline.UntilAsync("the message is gone", () => host.IsQueueEmptyAsync(Cancellation));
        var times = work.Deliveries.Select(delivery => delivery.At).ToList();
        Assert.Equal(3, times.Count);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.Second - pair.First > TimeSpan.FromMilliseconds(900)));
        Assert.Empty(work.Poisoned);
    }

    [Fact]
    public async Task Message_HandlerAlwaysFails_IsPoisonedAfterMaxDequeueCount()
    {
        var work = Work.Failing;
        await using var host = await StartAsync(work);

        await SendAsync(host.Queue, """{"number":1}""");

        await Deadline.UntilAsync("the poison function has run", () => !work.Poisoned.IsEmpty);
        await Deadline.UntilAsync("the message is gone", () => host.IsQueueEmptyAsync(Cancellation));
        Assert.Equal(3, work.Deliveries.Count);
        Assert.Equal("""{"number":1}""", Assert.Single(work.Poisoned));
    }

    [Fact]
    public async Task Message_Junk_IsPoisonedAndTheNextOneIsHandled()
    {
        var work = Work.Succeeding;
        await using var host = await StartAsync(work);
        string[] junk = ["<no Base64 ü>", """{"number":1}"""];
        string[] encodedJunk = ["no JSON", "null", "[]", """{"number":"many"}"""];

        foreach (var text in junk)
        {
            await host.Queue.SendMessageAsync(text, Cancellation);
        }

        foreach (var text in encodedJunk)
        {
            await SendAsync(host.Queue, text);
        }

        await SendAsync(host.Queue, """{"number":2}""");

        await Deadline.UntilAsync("all junk is poisoned", () => work.Poisoned.Count == junk.Length + encodedJunk.Length);
        Assert.Equal(junk.Concat(encodedJunk).Order(), work.Poisoned.Order());
        Assert.Equal(new WorkItem(2), Assert.Single(work.Deliveries).Item);
        await Deadline.UntilAsync("no message is left", () => host.IsQueueEmptyAsync(Cancellation));
    }

    [Fact]
    public async Task Message_HandlerOutlivesTheLease_StaysInvisibleAndIsDeletedInTheEnd()
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var work = new Work((_, _) => end.Task);
        var wire = new Wire();
        await using var host = await StartAsync(work, lease: TimeSpan.FromSeconds(1), wire: wire);
        await SendAsync(host.Queue, """{"number":1}""");

        await Deadline.UntilAsync("the lease was renewed for three times its length", () => wire.Renewals >= 10);
        var visible = await host.Queue.PeekMessagesAsync(cancellationToken: Cancellation);
        end.SetResult();

        Assert.Empty(visible.Value);
        await Deadline.UntilAsync("the message is gone", () => host.IsQueueEmptyAsync(Cancellation));
        Assert.Single(work.Deliveries);
    }

    [Fact]
    public async Task Messages_Many_AreHandledWithinBatchSizePlusThreshold()
    {
        var (now, most, ended) = (0, 0, 0);
        using var mayEnd = new SemaphoreSlim(0);
        var work = new Work(async (_, cancellationToken) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            await mayEnd.WaitAsync(cancellationToken);
            Interlocked.Decrement(ref now);
            Interlocked.Increment(ref ended);
        });
        await using var host = await StartAsync(work, new() { BatchSize = 4, NewBatchThreshold = 2 });
        await Task.WhenAll(Enumerable.Range(1, 20).Select(number => SendAsync(host.Queue, $$"""{"number":{{number}}}""")));

        // One after the other down to the threshold, and the next batch of four comes on top of two. How many the first batch brings,
        // and how long its handlers take to begin, is not known: one ends only when the number has stood still.
        var (before, released) = (0, 0);
        await Deadline.UntilAsync("all that may be handled at once are", () =>
        {
            var running = Volatile.Read(ref now);

            if (running is > 2 and < 6 && running == before && released == Volatile.Read(ref ended))
            {
                released++;
                mayEnd.Release();
            }

            before = running;
            return running == 6;
        });
        mayEnd.Release(20);

        await Deadline.UntilAsync("no message is left", () => host.IsQueueEmptyAsync(Cancellation));
        Assert.Equal(Enumerable.Range(1, 20), work.Deliveries.Select(delivery => delivery.Item.Number).Order());
        Assert.Equal(6, most);
    }

    [Fact]
    public async Task Stop_HandlerRuns_ItIsCancelledAndTheMessageComesBack()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var interrupted = new Work(async (_, cancellationToken) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        });
        // Short, because a poll that the stop cancels may have taken the message that was just released; it is then back after a lease.
        var host = await StartAsync(interrupted, lease: TimeSpan.FromSeconds(3));
        await SendAsync(host.Queue, """{"number":1}""");
        await started.Task.WaitAsync(Deadline.Default, Cancellation);

        await host.DisposeAsync();
        var work = Work.Succeeding;
        await using var next = await PumpHost.StartAsync(azurite.ConnectionString, host.Queue.Name, work, cancellationToken: Cancellation);

        await Deadline.UntilAsync("the message is gone", () => next.IsQueueEmptyAsync(Cancellation));
        Assert.Single(work.Deliveries);
        Assert.Empty(interrupted.Poisoned);
    }

    [Fact]
    public async Task Kill_HandlerRuns_TheNextProcessHandlesTheMessage()
    {
        var queue = new QueueClient(azurite.ConnectionString, PumpHost.NewQueueName());
        await queue.CreateAsync(cancellationToken: Cancellation);
        await SendAsync(queue, """{"number":1}""");
        using var child = ChildProcess.Start(ChildRole.BlockedPump, azurite.ConnectionString, queue.Name);
        Assert.Equal("1", await child.ReadLineAsync(Cancellation));

        child.Kill();
        var work = Work.Succeeding;
        await using var next = await PumpHost.StartAsync(azurite.ConnectionString, queue.Name, work, cancellationToken: Cancellation);

        await Deadline.UntilAsync("the message is gone", () => next.IsQueueEmptyAsync(Cancellation));
        Assert.Single(work.Deliveries);
    }

    [Fact]
    public async Task Storage_AwayForAWhile_IsLoggedOnceAndPollingGoesOn()
    {
        var wire = new Wire();
        var work = Work.Succeeding;
        using var log = new RecordingLog();
        await using var host = await StartAsync(work, wire: wire, log: log);

        wire.IsCut = true;
        var before = wire.Polls;
        await Deadline.UntilAsync("the engine has polled in vain", () => wire.Polls >= before + 6);
        var whileCut = (log.Count(9020), log.Count(9021));
        wire.IsCut = false;
        await SendAsync(host.Queue, """{"number":1}""");

        await Deadline.UntilAsync("the message is gone", () => host.IsQueueEmptyAsync(Cancellation));
        await Deadline.UntilAsync("the end of the outage is logged", () => log.Count(9021) == 1);
        Assert.Equal((1, 0), whileCut);
        Assert.Equal(1, log.Count(9020));
        Assert.Single(work.Deliveries);
    }

    [Fact]
    public async Task Queue_Deleted_IsMadeAgain()
    {
        var work = Work.Succeeding;
        await using var host = await StartAsync(work);

        await host.Queue.DeleteAsync(Cancellation);

        await Deadline.UntilAsync("the queue exists again", async () => await host.Queue.ExistsAsync(Cancellation));
        await SendAsync(host.Queue, """{"number":1}""");
        await Deadline.UntilAsync("the message is handled", () => !work.Deliveries.IsEmpty);
    }

    [Theory]
    [InlineData(null, "The setting Queues:Work is missing; the function Work needs it. Set it, for example to \"reanchor-clears\".")]
    [InlineData("no_queue", "The setting Queues:Work names the queue \"no_queue\". Use 3 to 56 letters, digits and single hyphens")]
    public async Task StartAsync_UnusableQueueName_SaysWhatToSet(string? name, string expected)
    {
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(
            () => PumpHost.StartAsync(azurite.ConnectionString, name, Work.Succeeding, cancellationToken: Cancellation));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_StorageAway_SaysWhichSettingNamesIt()
    {
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => StartAsync(Work.Succeeding, wire: new() { IsCut = true }));

        Assert.Contains("cannot be reached with the storage that the setting DataStorage names", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task SendAsync(QueueClient queue, string text) =>
        await queue.SendMessageAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)), Cancellation);

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value; seen = Volatile.Read(ref target))
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }

    private Task<PumpHost> StartAsync(Work work, QueueSettings? settings = null, TimeSpan? lease = null, Wire? wire = null, RecordingLog? log = null) =>
        PumpHost.StartAsync(azurite.ConnectionString, PumpHost.NewQueueName(), work, settings, lease, wire, log, Cancellation);
}
