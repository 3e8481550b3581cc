using System.Net;
using Reanchor.Scanning;
using Xunit;

namespace Reanchor.UnitTests.Graph;

/// <summary>What is sent again, after how long, and whom a refusal holds back.</summary>
public sealed class ThrottleHandlerTests : ThrottledGraph
{
    [Fact]
    public async Task SendAsync_ReadRefusedForASecond_IsSentAgainAfterIt()
    {
        Graph.Then(429, ("Retry-After", "1")).Then(200);

        var answer = GetAsync(Tenant);
        Assert.False(answer.IsCompleted);
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.OK, (await answer).StatusCode);
        Assert.Equal(2, Graph.Requests);
    }

    [Theory]
    [InlineData("30")]
    [InlineData("Sun, 22 Nov 2026 08:00:30 GMT")]
    public async Task SendAsync_ReadRefusedForLong_SaysSoAtOnce(string retryAfter)
    {
        Graph.Then(503, ("Retry-After", retryAfter));

        var answer = await GetAsync(Tenant);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(30)), (answer.StatusCode, answer.Headers.RetryAfter!.Delta));
        Assert.Equal(1, Graph.Requests);
    }

    [Fact]
    public async Task SendAsync_ReadRefusedWithoutATime_WaitsLongerEachTimeAndEndsWithATime()
    {
        Graph.Then(429).Then(429).Then(429).Then(429).Then(429);

        var answer = GetAsync(Tenant);

        foreach (var (wait, requests) in new[] { (0.25, 2), (0.5, 3), (1.0, 4), (2.0, 5) })
        {
            Clock.Advance(TimeSpan.FromSeconds(wait) - TimeSpan.FromMilliseconds(1));
            Assert.Equal(requests - 1, Graph.Requests);
            Clock.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal(requests, Graph.Requests);
        }

        Assert.Equal(TimeSpan.FromSeconds(4), (await answer).Headers.RetryAfter!.Delta);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task SendAsync_WriteRefused_IsNeverSentAgainHere(int status)
    {
        Graph.Then(status, ("Retry-After", "1"));

        var answer = await PatchAsync(Tenant);

        Assert.Equal(((HttpStatusCode)status, 1), (answer.StatusCode, Graph.Requests));
    }

    [Fact]
    public async Task SendAsync_TenantIsOutOfUnits_HoldsItsOtherRequestsBackAndNobodyElses()
    {
        Graph.Then(429, ("Retry-After", "10"), ("x-ms-throttle-scope", "Tenant_Application/ReadWrite/app/tenant"));
        await GetAsync(Tenant);

        var held = await Assert.ThrowsAsync<DirectoryUnavailableException>(() => PatchAsync(Tenant));
        await GetAsync(OtherTenant);

        Assert.Equal((TimeSpan.FromSeconds(10), true), (held.RetryAfter, held.NothingDone));
        Assert.Equal(2, Graph.Requests);
        Clock.Advance(TimeSpan.FromSeconds(10));
        await PatchAsync(Tenant);
        Assert.Equal(3, Graph.Requests);
    }

    [Fact]
    public async Task SendAsync_ApplicationIsOutOfUnits_HoldsEveryTenantBack()
    {
        Graph.Then(429, ("Retry-After", "10"), ("x-ms-throttle-scope", "Application/ReadWrite/app/tenant"));
        await GetAsync(Tenant);

        await Assert.ThrowsAsync<DirectoryUnavailableException>(() => GetAsync(OtherTenant));
    }

    [Fact]
    public async Task SendAsync_TenantClosedForASecond_LetsTwoWaitAndTheRestGo()
    {
        Graph.Then(429, ("Retry-After", "1"), ("x-ms-throttle-scope", "Tenant_Application/ReadWrite/app/tenant"));
        await PatchAsync(Tenant);
        List<Task<HttpResponseMessage>> waiting = [GetAsync(Tenant), GetAsync(Tenant)];

        await Assert.ThrowsAsync<DirectoryUnavailableException>(() => GetAsync(Tenant));

        Clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(waiting);
        Assert.Equal(3, Graph.Requests);
    }

    [Fact]
    public async Task SendAsync_RefusedTenTimesInARow_ClosesTheTenantForLongerEachTime()
    {
        for (var i = 0; i < 9; i++)
        {
            Graph.Then(503);
            await PatchAsync(Tenant);
        }

        foreach (var seconds in new[] { 0.25, 0.5, 1, 2, 4 })
        {
            Graph.Then(503);
            var before = Graph.Requests;
            var refused = PatchAsync(Tenant);
            Assert.Equal((true, before + 1), (refused.IsCompleted, Graph.Requests));

            if (seconds > 2)
            {
                await Assert.ThrowsAsync<DirectoryUnavailableException>(() => GetAsync(Tenant));
                break;
            }

            Clock.Advance(TimeSpan.FromSeconds(seconds));
        }
    }

    [Fact]
    public async Task SendAsync_RefusedWhileClosed_SaysNothingNew()
    {
        for (var i = 0; i < 9; i++)
        {
            Graph.Then(503);
            await PatchAsync(Tenant);
        }

        Graph.Hold();
        List<Task<HttpResponseMessage>> underWay = [.. Enumerable.Range(0, 8).Select(_ => PatchAsync(Tenant))];
        Graph.Release(503);
        await Task.WhenAll(underWay);

        var next = GetAsync(Tenant);
        Assert.False(next.IsCompleted);
        Clock.Advance(TimeSpan.FromSeconds(0.25));
        Assert.Equal(HttpStatusCode.OK, (await next).StatusCode);
    }

    [Fact]
    public async Task SendAsync_EveryThirdRequestRefused_ClosesNothing()
    {
        for (var i = 0; i < 40; i++)
        {
            Graph.Then(i % 3 == 0 ? 429 : 204);
            Assert.True(PatchAsync(Tenant).IsCompletedSuccessfully);
        }

        Assert.True(GetAsync(Tenant).IsCompletedSuccessfully);
    }
}
