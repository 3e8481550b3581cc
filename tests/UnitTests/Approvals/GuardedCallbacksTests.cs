using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Moq;
using Reanchor.Adapters.Approvals;
using Reanchor.Approvals;
using Reanchor.Contracts;
using Reanchor.Scanning;

namespace Reanchor.UnitTests.Approvals;

public sealed class GuardedCallbacksTests
{
    private const string Host = "prod-1.logic.azure.com";

    private static readonly CallbackNotice Notice =
        new(BatchId.New(Samples.NewTenantId(), ScanId.At(Samples.Now)), Guid.NewGuid(), BatchOutcome.Approved, 1, 0, 0, Samples.Now);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://prod-1.logic.azure.com/x?sig=1", "20.42.0.1", null)]
    [InlineData("https://PROD-1.logic.azure.com/x", "20.42.0.1", null)]
    [InlineData("http://prod-1.logic.azure.com/x", "20.42.0.1", "https")]
    [InlineData("ftp://prod-1.logic.azure.com/x", "20.42.0.1", "https")]
    [InlineData("file:///etc/passwd", "20.42.0.1", "https")]
    [InlineData("https://prod-1.logic.azure.com:8443/x", "20.42.0.1", "usual port")]
    [InlineData("https://u:p@prod-1.logic.azure.com/x", "20.42.0.1", "user name")]
    [InlineData("https://prod-1.logic.azure.com/x#y", "20.42.0.1", "fragment")]
    [InlineData("https://prod-1.logic.azure.com.evil.example/x", "20.42.0.1", "not one that may be called back")]
    [InlineData("https://logic.azure.com/x", "20.42.0.1", "not one that may be called back")]
    [InlineData("https://evillogic.azure.com/x", "20.42.0.1", "not one that may be called back")]
    [InlineData("https://evil.example/.logic.azure.com", "20.42.0.1", "not one that may be called back")]
    [InlineData("https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.logic.azure.com/x", "20.42.0.1", "at most 253")]
    [InlineData("https://127.0.0.1/x", "20.42.0.1", "not a number")]
    [InlineData("https://2130706433/x", "20.42.0.1", "not a number")]
    [InlineData("https://0x7f.1/x", "20.42.0.1", "not a number")]
    [InlineData("https://017700000001/x", "20.42.0.1", "not a number")]
    [InlineData("https://[::1]/x", "20.42.0.1", "not a number")]
    [InlineData("https://[::ffff:127.0.0.1]/x", "20.42.0.1", "not a number")]
    [InlineData("https://localhost/x", "127.0.0.1", "not one that may be called back")]
    [InlineData("https://prod-1.logic.azure.com/x", "127.0.0.1", "not public")]
    [InlineData("https://prod-1.logic.azure.com/x", "::ffff:169.254.169.254", "not public")]
    [InlineData("https://prod-1.logic.azure.com/x", "20.42.0.1 10.0.0.1", "not public")]
    [InlineData("https://prod-1.logic.azure.com/x", "", "not public")]
    public async Task ObjectionAsync_Address_IsLookedAtFromSchemeToDns(string address, string leadsTo, string? why)
    {
        using var callbacks = Create((_, _) => Task.FromResult(Addresses(leadsTo)));

        var objection = await callbacks.ObjectionAsync(new(address), Cancellation);

        if (why is null)
        {
            Assert.Null(objection);
        }
        else
        {
            Assert.Contains(why, objection, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ObjectionAsync_NameThatIsNot_IsRefused()
    {
        using var callbacks = Create((_, _) => throw new SocketException((int)SocketError.HostNotFound));

        Assert.Contains("not known", await callbacks.ObjectionAsync(new($"https://{Host}/"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_NameLeadsElsewhereWhenItIsCalled_ConnectsToNothing()
    {
        var looks = 0;
        using var callbacks = Create((_, _) => Task.FromResult(Addresses(++looks == 1 ? "20.42.0.1" : "127.0.0.1")));
        Assert.Null(await callbacks.ObjectionAsync(new($"https://{Host}/"), Cancellation));

        var failure = await callbacks.SendAsync(new($"https://{Host}/"), Notice, Cancellation);

        Assert.Contains("not public", failure, StringComparison.Ordinal);
        Assert.Equal(2, looks);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", null)]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n", "302")]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "404")]
    public async Task SendAsync_OnThisMachineByExplicitSetting_FollowsNoRedirect(string answer, string? failure)
    {
        using var server = new OneAnswer(answer);
        using var callbacks = Create((_, _) => throw new InvalidOperationException("no name to resolve"), allowLoopback: true);

        var result = await callbacks.SendAsync(server.Address, Notice, Cancellation);

        Assert.Equal(failure is null, result is null);
        Assert.Contains(failure ?? "", result ?? "", StringComparison.Ordinal);
        Assert.Contains("\"outcome\":\"approved\"", await server.Received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_SubscriberIsInTrouble_IsForALaterRetry()
    {
        using var server = new OneAnswer("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        using var callbacks = Create((_, _) => Task.FromResult(Addresses("20.42.0.1")), allowLoopback: true);

        await Assert.ThrowsAsync<WorkflowUnavailableException>(() => callbacks.SendAsync(server.Address, Notice, Cancellation));
    }

    [Fact]
    public async Task SendAsync_LoopbackWithoutTheSetting_ConnectsToNothing()
    {
        using var server = new OneAnswer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using var callbacks = Create((_, _) => Task.FromResult(Addresses("127.0.0.1")));

        Assert.NotNull(await callbacks.SendAsync(server.Address, Notice, Cancellation));
        Assert.False(server.Received.IsCompleted);
    }

    private static GuardedCallbacks Create(Func<string, CancellationToken, Task<IPAddress[]>> resolve, bool allowLoopback = false) =>
        new(Mock.Of<IOptionsMonitor<ApprovalsOptions>>(o => o.CurrentValue == new ApprovalsOptions { AllowLoopback = allowLoopback }), resolve);

    private static IPAddress[] Addresses(string list) => [.. list.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse)];
}
