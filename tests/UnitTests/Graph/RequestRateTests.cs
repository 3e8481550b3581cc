using System.Net;
using Reanchor.Adapters.Graph;
using Reanchor.Clearing;
using Reanchor.Scanning;
using Xunit;

namespace Reanchor.UnitTests.Graph;

/// <summary>How fast requests leave, and which of them may stand in line.</summary>
public sealed class RequestRateTests : ThrottledGraph
{
    [Fact]
    public async Task SendAsync_LimitOfWritesMet_HoldsWritesBackAndNoReads()
    {
        await MeetLimitOfWritesAsync("30");

        Assert.True(GetAsync(Tenant).IsCompletedSuccessfully);
        var held = await Assert.ThrowsAsync<DirectoryUnavailableException>(() => PatchAsync(Tenant));

        Assert.Equal((TimeSpan.FromSeconds(30), true), (held.RetryAfter, held.NothingDone));
    }

    [Fact]
    public async Task SendAsync_LimitOfWritesMet_SendsThemMoreSlowlyAndFasterAgainAsTheyAreTaken()
    {
        await MeetLimitOfWritesAsync("1");
        var slow = await CountWritesAsync(TimeSpan.FromSeconds(3));

        await CountWritesAsync(TimeSpan.FromSeconds(20));
        var recovered = await CountWritesAsync(TimeSpan.FromSeconds(3));

        // Graph's own limit is 20 a second.
        Assert.InRange(slow, 45, 56);
        Assert.InRange(recovered, 59, 61);
    }

    [Fact]
    public async Task Expect_WritesHeldBack_SaysForHowLongAndSendsNothing()
    {
        Expect();
        await MeetLimitOfWritesAsync("30");

        var held = Assert.Throws<DirectoryUnavailableException>(Expect);

        Assert.Equal((TimeSpan.FromSeconds(30), true, 1), (held.RetryAfter, held.NothingDone, Graph.Requests));
        Clock.Advance(TimeSpan.FromSeconds(30));
        Expect();

        void Expect() => Throttle.Expect(new RequestCost(1, 1));
    }

    [Fact]
    public async Task SendAsync_WritesOfAnHourAtOnce_StopAtGraphsLimit()
    {
        for (var i = 0; i < 3_000; i++)
        {
            await PatchAsync(Tenant);
        }

        // The next eight may stand in line; the one after them may not.
        List<Task<HttpResponseMessage>> waiting = [.. Enumerable.Range(0, 8).Select(_ => PatchAsync(Tenant))];
        var turnedAway = await Assert.ThrowsAsync<DirectoryUnavailableException>(() => PatchAsync(Tenant));

        Assert.True(turnedAway.NothingDone);
        Assert.Equal(3_000, Graph.Requests);
        Clock.Advance(TimeSpan.FromSeconds(5));
        await Task.WhenAll(waiting);
        Assert.Equal(3_008, Graph.Requests);
    }

    [Fact]
    public async Task SendAsync_TenantWithManyWrites_KeepsEightInLineAndNobodyElseOut()
    {
        for (var i = 0; i < 3_000; i++)
        {
            await PatchAsync(Tenant);
        }

        var writes = Enumerable.Range(0, 48).Select(_ => PatchAsync(Tenant)).ToList();

        Assert.Equal((8, 40), (writes.Count(w => !w.IsCompleted), writes.Count(w => w.IsFaulted)));
        var turnedAway = Assert.Throws<DirectoryUnavailableException>(() => Throttle.Expect(new RequestCost(1, 1)));
        Assert.True(turnedAway is { NothingDone: true, RetryAfter: not null });
        Assert.True(GetAsync(Tenant).IsCompletedSuccessfully);
        Assert.True(PatchAsync(OtherTenant).IsCompletedSuccessfully);

        Clock.Advance(TimeSpan.FromSeconds(5));
        await Task.WhenAll(writes.Where(w => !w.IsFaulted));
        Throttle.Expect(new RequestCost(1, 1));
        Assert.True(PatchAsync(Tenant).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task SendAsync_PausedWhileAWriteWaitsForItsTurn_IsNotSent()
    {
        using var world = new World();
        using var http = new HttpMessageInvoker(new ThrottleHandler(world.Tenant.Id, Throttle, Clock)
        {
            InnerHandler = new KillSwitchHandler(world.Tenant.Id, world.Get<KillSwitch>()) { InnerHandler = Graph },
        });
        await MeetLimitOfWritesAsync("1");
        var waiting = PatchAsync(http);
        Assert.False(waiting.IsCompleted);

        world.Clearing.Paused = true;
        Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.True((await Assert.ThrowsAsync<DirectoryUnavailableException>(() => waiting)).NothingDone);
        Assert.Equal(1, Graph.Requests);
        await GetAsync(http);
        Assert.Equal(2, Graph.Requests);
    }

    [Fact]
    public async Task SendAsync_GraphSaysThatTheLimitIsNear_HoldsBackBeforeItIsReached()
    {
        Graph.Then(204, ("x-ms-resource-unit", "1"), ("x-ms-throttle-limit-percentage", "1.0"));
        await PatchAsync(Tenant);

        // Which limit it is, Graph does not say: that of writes is the nearest by our own count.
        var next = PatchAsync(Tenant);
        Assert.False(next.IsCompleted);
        Clock.Advance(TimeSpan.FromMilliseconds(50));
        await next;
    }

    [Fact]
    public async Task SendAsync_GraphHasMoreThanWeThink_IsBelieved()
    {
        for (var i = 0; i < 6_000; i++)
        {
            Graph.Then(200, ("x-ms-resource-unit", "1"));
            await GetAsync(Tenant);
        }

        Assert.Equal(6_000, Graph.Requests);
    }

    [Fact]
    public async Task SendAsync_Batch_TakesAUnitForEachStepAndMayBeSentAgain()
    {
        Graph.Then(429, ("Retry-After", "1")).Then(200);
        var requests = string.Join(',', Enumerable.Repeat("{}", 20));

        for (var i = 0; i < 3_500 / 20; i++)
        {
            using var batch = new HttpRequestMessage(HttpMethod.Post, new Uri("https://graph.example/v1.0/$batch"))
            {
                Content = new StringContent($$"""{"requests":[{{requests}}]}"""),
            };
            var answer = Tenant.SendAsync(batch, World.Cancellation);

            if (i == 0)
            {
                Clock.Advance(TimeSpan.FromSeconds(1));
            }

            Assert.Equal(HttpStatusCode.OK, (await answer).StatusCode);
        }

        Assert.False(GetAsync(Tenant).IsCompleted);
    }

    /// <summary>How many leave in that time when there is always another one.</summary>
    private async Task<int> CountWritesAsync(TimeSpan time)
    {
        var until = Clock.GetUtcNow() + time;
        var before = Graph.Requests;

        while (Clock.GetUtcNow() < until)
        {
            var next = PatchAsync(Tenant);

            while (!next.IsCompleted)
            {
                Clock.Advance(TimeSpan.FromMilliseconds(1));
            }

            await next;
        }

        return Graph.Requests - before;
    }
}
