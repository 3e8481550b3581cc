using System.Net;
using Microsoft.Extensions.Time.Testing;
using Reanchor.Adapters.Graph;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Scanning;
using Xunit;

namespace Reanchor.UnitTests.Graph;

/// <summary>The one place that decides about retries, over a Graph that answers as it is told.</summary>
public sealed class ThrottleHandlerTests : IDisposable
{
    private static readonly Uri User = new("https://graph.example/beta/users/1");

    private readonly FakeTimeProvider _clock = new(new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));
    private readonly ScriptedGraph _graph = new();
    private readonly ThrottleScope _application;
    private readonly TenantThrottle _throttle;
    private readonly HttpMessageInvoker _tenant;
    private readonly HttpMessageInvoker _otherTenant;

    public ThrottleHandlerTests()
    {
        _application = ThrottleScope.OfApplication(_clock);
        _throttle = new(_application, _clock);
        _tenant = Client(_throttle);
        _otherTenant = Client(new(_application, _clock));
    }

    public void Dispose()
    {
        _tenant.Dispose();
        _otherTenant.Dispose();
    }

    [Fact]
    public async Task SendAsync_ReadRefusedForASecond_IsSentAgainAfterIt()
    {
        _graph.Then(429, ("Retry-After", "1")).Then(200);

        var answer = GetAsync(_tenant);
        Assert.False(answer.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.OK, (await answer).StatusCode);
        Assert.Equal(2, _graph.Requests);
    }

    [Theory]
    [InlineData("30")]
    [InlineData("Sun, 22 Nov 2026 08:00:30 GMT")]
    public async Task SendAsync_ReadRefusedForLong_SaysSoAtOnce(string retryAfter)
    {
        _graph.Then(503, ("Retry-After", retryAfter));

        var answer = await GetAsync(_tenant);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(30)), (answer.StatusCode, answer.Headers.RetryAfter!.Delta));
        Assert.Equal(1, _graph.Requests);
    }

    [Fact]
    public async Task SendAsync_ReadRefusedWithoutATime_WaitsLongerEachTimeAndEndsWithATime()
    {
        _graph.Then(429).Then(429).Then(429).Then(429).Then(429);

        var answer = GetAsync(_tenant);

        foreach (var (wait, requests) in new[] { (0.25, 2), (0.5, 3), (1.0, 4), (2.0, 5) })
        {
            _clock.Advance(TimeSpan.FromSeconds(wait) - TimeSpan.FromMilliseconds(1));
            Assert.Equal(requests - 1, _graph.Requests);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal(requests, _graph.Requests);
        }

        Assert.Equal(TimeSpan.FromSeconds(4), (await answer).Headers.RetryAfter!.Delta);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task SendAsync_WriteRefused_IsNeverSentAgainHere(int status)
    {
        _graph.Then(status, ("Retry-After", "1"));

        var answer = await PatchAsync(_tenant);

        Assert.Equal(((HttpStatusCode)status, 1), (answer.StatusCode, _graph.Requests));
    }

    [Fact]
    public async Task SendAsync_TenantIsOutOfUnits_HoldsItsOtherRequestsBackAndNobodyElses()
    {
        _graph.Then(429, ("Retry-After", "10"), ("x-ms-throttle-scope", "Tenant_Application/ReadWrite/app/tenant"));
        await GetAsync(_tenant);

        var held = await Assert.ThrowsAsync<DirectoryUnavailableException>(() => PatchAsync(_tenant));
        await GetAsync(_otherTenant);

        Assert.Equal((TimeSpan.FromSeconds(10), true), (held.RetryAfter, held.NothingDone));
        Assert.Equal(2, _graph.Requests);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await PatchAsync(_tenant);
        Assert.Equal(3, _graph.Requests);
    }

    [Fact]
    public async Task SendAsync_ApplicationIsOutOfUnits_HoldsEveryTenantBack()
    {
        _graph.Then(429, ("Retry-After", "10"), ("x-ms-throttle-scope", "Application/ReadWrite/app/tenant"));
        await GetAsync(_tenant);

        await Assert.ThrowsAsync<DirectoryUnavailableException>(() => GetAsync(_otherTenant));
    }

    [Fact]
    public async Task SendAsync_TenantClosedForASecond_LetsTwoWaitAndTheRestGo()
    {
        _graph.Then(429, ("Retry-After", "1"), ("x-ms-throttle-scope", "Tenant_Application/ReadWrite/app/tenant"));
        await PatchAsync(_tenant);
        List<Task<HttpResponseMessage>> waiting = [GetAsync(_tenant), GetAsync(_tenant)];

        await Assert.ThrowsAsync<DirectoryUnavailableException>(() => GetAsync(_tenant));

        _clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(waiting);
        Assert.Equal(3, _graph.Requests);
    }

    [Fact]
    public async Task SendAsync_RefusedTenTimesInARow_ClosesTheTenantForLongerEachTime()
    {
        for (var i = 0; i < 9; i++)
        {
            _graph.Then(503);
            await PatchAsync(_tenant);
        }

        foreach (var seconds in new[] { 0.25, 0.5, 1, 2, 4 })
        {
            _graph.Then(503);
            var before = _graph.Requests;
            var refused = PatchAsync(_tenant);
            Assert.Equal((true, before + 1), (refused.IsCompleted, _graph.Requests));

            if (seconds > 2)
            {
                await Assert.ThrowsAsync<DirectoryUnavailableException>(() => GetAsync(_tenant));
                break;
            }

            _clock.Advance(TimeSpan.FromSeconds(seconds));
        }
    }

    [Fact]
    public async Task SendAsync_RefusedWhileClosed_SaysNothingNew()
    {
        for (var i = 0; i < 9; i++)
        {
            _graph.Then(503);
            await PatchAsync(_tenant);
        }

        _graph.Hold();
        List<Task<HttpResponseMessage>> underWay = [.. Enumerable.Range(0, 8).Select(_ => PatchAsync(_tenant))];
        _graph.Release(503);
        await Task.WhenAll(underWay);

        var next = GetAsync(_tenant);
        Assert.False(next.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.25));
        Assert.Equal(HttpStatusCode.OK, (await next).StatusCode);
    }

    [Fact]
    public async Task SendAsync_EveryThirdRequestRefused_ClosesNothing()
    {
        for (var i = 0; i < 40; i++)
        {
            _graph.Then(i % 3 == 0 ? 429 : 204);
            Assert.True(PatchAsync(_tenant).IsCompletedSuccessfully);
        }

        Assert.True(GetAsync(_tenant).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task SendAsync_LimitOfWritesMet_HoldsWritesBackAndNoReads()
    {
        await MeetLimitOfWritesAsync("30");

        Assert.True(GetAsync(_tenant).IsCompletedSuccessfully);
        var held = await Assert.ThrowsAsync<DirectoryUnavailableException>(() => PatchAsync(_tenant));

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

        Assert.Equal((TimeSpan.FromSeconds(30), true, 1), (held.RetryAfter, held.NothingDone, _graph.Requests));
        _clock.Advance(TimeSpan.FromSeconds(30));
        Expect();

        void Expect() => _throttle.Expect(new RequestCost(1, 1));
    }

    [Fact]
    public async Task SendAsync_WritesOfAnHourAtOnce_StopAtGraphsLimit()
    {
        for (var i = 0; i < 3_000; i++)
        {
            await PatchAsync(_tenant);
        }

        // The next eight may stand in line; the one after them may not.
        List<Task<HttpResponseMessage>> waiting = [.. Enumerable.Range(0, 8).Select(_ => PatchAsync(_tenant))];
        var turnedAway = await Assert.ThrowsAsync<DirectoryUnavailableException>(() => PatchAsync(_tenant));

        Assert.True(turnedAway.NothingDone);
        Assert.Equal(3_000, _graph.Requests);
        _clock.Advance(TimeSpan.FromSeconds(5));
        await Task.WhenAll(waiting);
        Assert.Equal(3_008, _graph.Requests);
    }

    [Fact]
    public async Task SendAsync_TenantWithManyWrites_KeepsEightInLineAndNobodyElseOut()
    {
        for (var i = 0; i < 3_000; i++)
        {
            await PatchAsync(_tenant);
        }

        var writes = Enumerable.Range(0, 48).Select(_ => PatchAsync(_tenant)).ToList();

        Assert.Equal((8, 40), (writes.Count(w => !w.IsCompleted), writes.Count(w => w.IsFaulted)));
        var turnedAway = Assert.Throws<DirectoryUnavailableException>(() => _throttle.Expect(new RequestCost(1, 1)));
        Assert.True(turnedAway is { NothingDone: true, RetryAfter: not null });
        Assert.True(GetAsync(_tenant).IsCompletedSuccessfully);
        Assert.True(PatchAsync(_otherTenant).IsCompletedSuccessfully);

        _clock.Advance(TimeSpan.FromSeconds(5));
        await Task.WhenAll(writes.Where(w => !w.IsFaulted));
        _throttle.Expect(new RequestCost(1, 1));
        Assert.True(PatchAsync(_tenant).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task SendAsync_PausedWhileAWriteWaitsForItsTurn_IsNotSent()
    {
        using var world = new World();
        using var http = new HttpMessageInvoker(new ThrottleHandler(world.Tenant.Id, _throttle, _clock)
        {
            InnerHandler = new KillSwitchHandler(world.Tenant.Id, world.Get<KillSwitch>()) { InnerHandler = _graph },
        });
        await MeetLimitOfWritesAsync("1");
        var waiting = PatchAsync(http);
        Assert.False(waiting.IsCompleted);

        world.Clearing.Paused = true;
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.True((await Assert.ThrowsAsync<DirectoryUnavailableException>(() => waiting)).NothingDone);
        Assert.Equal(1, _graph.Requests);
        await GetAsync(http);
        Assert.Equal(2, _graph.Requests);
    }

    [Fact]
    public async Task SendAsync_GraphSaysThatTheLimitIsNear_HoldsBackBeforeItIsReached()
    {
        _graph.Then(204, ("x-ms-resource-unit", "1"), ("x-ms-throttle-limit-percentage", "1.0"));
        await PatchAsync(_tenant);

        // Which limit it is, Graph does not say: that of writes is the nearest by our own count.
        var next = PatchAsync(_tenant);
        Assert.False(next.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(50));
        await next;
    }

    [Fact]
    public async Task SendAsync_GraphHasMoreThanWeThink_IsBelieved()
    {
        for (var i = 0; i < 6_000; i++)
        {
            _graph.Then(200, ("x-ms-resource-unit", "1"));
            await GetAsync(_tenant);
        }

        Assert.Equal(6_000, _graph.Requests);
    }

    [Fact]
    public async Task SendAsync_Batch_TakesAUnitForEachStepAndMayBeSentAgain()
    {
        _graph.Then(429, ("Retry-After", "1")).Then(200);
        var requests = string.Join(',', Enumerable.Repeat("{}", 20));

        for (var i = 0; i < 3_500 / 20; i++)
        {
            using var batch = new HttpRequestMessage(HttpMethod.Post, new Uri("https://graph.example/v1.0/$batch"))
            {
                Content = new StringContent($$"""{"requests":[{{requests}}]}"""),
            };
            var answer = _tenant.SendAsync(batch, World.Cancellation);

            if (i == 0)
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
            }

            Assert.Equal(HttpStatusCode.OK, (await answer).StatusCode);
        }

        Assert.False(GetAsync(_tenant).IsCompleted);
    }

    private static Task<HttpResponseMessage> GetAsync(HttpMessageInvoker client) => SendAsync(client, HttpMethod.Get);

    private static Task<HttpResponseMessage> PatchAsync(HttpMessageInvoker client) => SendAsync(client, HttpMethod.Patch);

    private static Task<HttpResponseMessage> SendAsync(HttpMessageInvoker client, HttpMethod method) =>
        client.SendAsync(new HttpRequestMessage(method, User), World.Cancellation);

    /// <summary>One answer that says so, to a write.</summary>
    private async Task MeetLimitOfWritesAsync(string retryAfter)
    {
        _graph.Then(429, ("Retry-After", retryAfter), ("x-ms-throttle-scope", "Tenant_Application/Write/app/tenant"));
        await PatchAsync(_tenant);
    }

    /// <summary>How many leave in that time when there is always another one.</summary>
    private async Task<int> CountWritesAsync(TimeSpan time)
    {
        var until = _clock.GetUtcNow() + time;
        var before = _graph.Requests;

        while (_clock.GetUtcNow() < until)
        {
            var next = PatchAsync(_tenant);

            while (!next.IsCompleted)
            {
                _clock.Advance(TimeSpan.FromMilliseconds(1));
            }

            await next;
        }

        return _graph.Requests - before;
    }

    private HttpMessageInvoker Client(TenantThrottle throttle) =>
        new(new ThrottleHandler(Samples.NewTenantId(), throttle, _clock) { InnerHandler = _graph }, disposeHandler: false);

    /// <summary>Gives the answers in turn, and 200 without headers when there are no more.</summary>
    private sealed class ScriptedGraph : HttpMessageHandler
    {
        private readonly Queue<HttpResponseMessage> _answers = [];
        private TaskCompletionSource<int>? _held;

        public int Requests { get; private set; }

        public ScriptedGraph Then(int status, params (string Name, string Value)[] headers)
        {
            var answer = new HttpResponseMessage((HttpStatusCode)status);

            foreach (var (name, value) in headers)
            {
                answer.Headers.TryAddWithoutValidation(name, value);
            }

            _answers.Enqueue(answer);
            return this;
        }

        /// <summary>What is sent from now on stays unanswered until <see cref="Release"/>.</summary>
        public void Hold() => _held = new();

        public void Release(int status)
        {
            var held = _held!;
            _held = null;
            held.SetResult(status);
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;

            if (_held is { } held)
            {
                return Later(held.Task);
            }

            return Task.FromResult(_answers.TryDequeue(out var answer) ? answer : new HttpResponseMessage(HttpStatusCode.OK));

            static async Task<HttpResponseMessage> Later(Task<int> status) => new((HttpStatusCode)await status);
        }
    }
}
