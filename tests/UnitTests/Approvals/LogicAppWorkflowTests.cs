using Azure.Core;
using Microsoft.Extensions.Options;
using Moq;
using Reanchor.Adapters.Approvals;
using Reanchor.Approvals;
using Reanchor.Contracts;
using Reanchor.Scanning;

namespace Reanchor.UnitTests.Approvals;

public sealed class LogicAppWorkflowTests
{
    private static readonly ApprovalRequest Request = new(
        BatchId.New(Samples.NewTenantId(), ScanId.At(Samples.Now)), new('d', 64), "Corp", "", 1, 0, 0, 0, Samples.Now, "<p></p>", "https://console.example/");

    private readonly Mock<TokenCredential> _credential = new();
    private TokenRequestContext _asked;

    public LogicAppWorkflowTests() => _credential
        .Setup(c => c.GetTokenAsync(It.IsAny<TokenRequestContext>(), It.IsAny<CancellationToken>()))
        .Callback((TokenRequestContext context, CancellationToken _) => _asked = context)
        .ReturnsAsync(new AccessToken("the-token", DateTimeOffset.MaxValue));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("HTTP/1.1 202 Accepted\r\nx-ms-workflow-run-id: 0858\r\nContent-Length: 0\r\n\r\n", "0858")]
    [InlineData("HTTP/1.1 202 Accepted\r\nContent-Length: 16\r\n\r\n{\"runId\":\"0859\"}", "0859")]
    [InlineData("HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\nok", null)]
    public async Task AskAsync_Started_SignsInForTheAudienceAndNamesTheQuestion(string answer, string? run)
    {
        using var server = new OneAnswer(answer);
        using var workflow = Create();

        Assert.Equal(run, await workflow.AskAsync(server.Address, "reanchor-1", Request, Cancellation));

        var received = await server.Received;
        Assert.Equal(["api://trigger/.default"], _asked.Scopes);
        Assert.Contains("Authorization: Bearer the-token", received, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("x-ms-client-tracking-id: reanchor-1", received, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"\"batchId\":\"{Request.BatchId}\"", received, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", "Approvals__Audience")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: https://evil.example/\r\nContent-Length: 0\r\n\r\n", "302")]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", "503")]
    public async Task AskAsync_NotStarted_SaysWhy(string answer, string why)
    {
        using var server = new OneAnswer(answer);
        using var workflow = Create();

        var ex = await Assert.ThrowsAsync<WorkflowUnavailableException>(() => workflow.AskAsync(server.Address, "reanchor-1", Request, Cancellation));

        Assert.Contains(why, ex.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskAsync_NobodyListens_IsUnavailable()
    {
        using var workflow = Create();

        await Assert.ThrowsAsync<WorkflowUnavailableException>(() => workflow.AskAsync(new("http://127.0.0.1:1/"), "reanchor-1", Request, Cancellation));
    }

    private LogicAppWorkflow Create() => new(
        Mock.Of<IOptionsMonitor<ApprovalsOptions>>(o => o.CurrentValue == new ApprovalsOptions { Audience = "api://trigger" }),
        () => _credential.Object,
        new SocketsHttpHandler { AllowAutoRedirect = false });
}
