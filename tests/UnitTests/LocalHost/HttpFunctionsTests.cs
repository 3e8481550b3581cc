using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reanchor.Contracts;
using Reanchor.LocalHost.Hosting;
using Xunit;

#pragma warning disable CA1822 // functions are instance methods even when these need no instance

namespace Reanchor.UnitTests.LocalHost;

public sealed class HttpFunctionsTests : IAsyncLifetime
{
    private readonly RecordingLog _log = new();
    private readonly CallerWentAway _callerWentAway = new();
    private WebApplication? _app;
    private HttpClient? _client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private HttpClient Client => _client!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(_log);
        builder.Services.AddSingleton(_callerWentAway);
        builder.Services.AddScoped<PerRequest>();
        builder.Services.AddFunctionEngine(FunctionCatalog.Read([typeof(Things)]), Options() with { Host = new() { RoutePrefix = "v1" } });
        _app = builder.Build();
        _app.MapFunctions();
        await _app.StartAsync(Cancellation);
        _client = new() { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await _app!.DisposeAsync();
    }

    [Fact]
    public async Task Request_RouteValues_AreBoundByName()
    {
        var answer = await Client.GetFromJsonAsync<JsonElement>("/v1/things/a%20b/parts/c?extra=1", Cancellation);

        Assert.Equal("a b|c|?extra=1", answer.GetString());
    }

    [Fact]
    public async Task Request_OptionalRouteValueMissing_IsNull() =>
        Assert.Equal("none", await Client.GetStringAsync("/v1/optional", Cancellation));

    [Theory]
    [InlineData("GET", "/v1/posted", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/v1/posted", HttpStatusCode.NoContent)]
    [InlineData("POST", "/posted", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/posted", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/v1/Anything", HttpStatusCode.NoContent)]
    public async Task Request_MethodAndPrefix_DecideWhoAnswers(string method, string path, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(new(method), path);

        using var response = await Client.SendAsync(request, Cancellation);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Request_GateAnswers_FunctionIsNotRun()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/throws");
        request.Headers.Add("X-Refuse", "yes");

        using var response = await Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("no Throws for you", await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Empty(_log.Errors);
    }

    [Fact]
    public async Task Request_GateThrows_FunctionIsNotRun()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/posted");
        request.Headers.Add("X-Break-Gate", "yes");

        using var response = await Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Fact]
    public async Task Request_FunctionThrows_AnswersProblemWithoutInternals()
    {
        using var response = await Client.GetAsync(new Uri("/v1/throws", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.False(response.Headers.Contains("X-Half-Done"));
        var body = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
        var error = Assert.Single(_log.Errors);
        Assert.Contains("Throws", error, StringComparison.Ordinal);
        Assert.Contains("secret", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_FunctionReturnsNull_IsAFailure()
    {
        using var response = await Client.GetAsync(new Uri("/v1/null", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Fact]
    public async Task Request_EachOne_GetsAnInstanceAndAScopeOfItsOwn()
    {
        var first = await Client.GetStringAsync("/v1/scope", Cancellation);
        var second = await Client.GetStringAsync("/v1/scope", Cancellation);

        Assert.NotEqual(first, second);
        Assert.EndsWith("1", first, StringComparison.Ordinal);
        Assert.EndsWith("1", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_CallerGoesAway_TokenIsCancelledAndNothingIsLogged()
    {
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var request = Client.GetAsync(new Uri("/v1/slow", UriKind.Relative), impatient.Token);
        await _callerWentAway.Started.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await _callerWentAway.Noticed.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.Empty(_log.Errors);
    }

    [Fact]
    public async Task Request_MalformedChunk_IsTheCallersFault()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Client.BaseAddress!.Port, Cancellation);
        await socket.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes("POST /v1/reads HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), Cancellation);

        using var reader = new StreamReader(socket.GetStream());
        var status = await reader.ReadLineAsync(Cancellation);

        Assert.Equal("HTTP/1.1 400 Bad Request", status);
        Assert.Empty(_log.Errors);
    }

    [Fact]
    public void AddFunctionEngine_NoGate_Refuses()
    {
        var refusal = Assert.Throws<InvalidOperationException>(
            () => new ServiceCollection().AddFunctionEngine(FunctionCatalog.Read([typeof(Things)]), Options() with { Gate = null! }));

        Assert.Contains("does not start without FunctionEngineOptions.Gate", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddFunctionEngine_FunctionLacksADependency_BuildFails()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddFunctionEngine(FunctionCatalog.Read([typeof(Things)]), Options());

        var failure = Assert.Throws<AggregateException>(() => services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true }));

        Assert.Contains(nameof(PerRequest), failure.Message, StringComparison.Ordinal);
    }

    private static FunctionEngineOptions Options() => new()
    {
        Host = new(),
        QueueStorage = _ => throw new InvalidOperationException("No queue function is hosted here."),
        Gate = (context, function) =>
            context.Request.Headers.ContainsKey("X-Break-Gate") ? throw new InvalidOperationException("The gate is broken.")
            : Task.FromResult(context.Request.Headers.ContainsKey("X-Refuse") ? Results.Text($"no {function} for you", statusCode: 403) : null),
    };

    public sealed class PerRequest
    {
        private int _instances;

        public Guid Id { get; } = Guid.NewGuid();

        public int CountInstance() => ++_instances;
    }

    public sealed class CallerWentAway
    {
        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Noticed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public sealed class Things(PerRequest scope, CallerWentAway callerWentAway)
    {
        private readonly int _instance = scope.CountInstance();

        [Function("GetPart")]
        public Task<IResult> GetPartAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{thingId}/parts/{part}")] HttpRequest request,
            string part,
            string thingId,
            CancellationToken cancellationToken) =>
            Task.FromResult(Results.Ok($"{thingId}|{part}|{request.QueryString}"));

        [Function("Optional")]
        public IResult Optional([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "optional/{id?}")] HttpRequest request, string? id) =>
            Results.Text(id ?? "none");

        [Function("Posted")]
        public static IResult Posted([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "posted")] HttpRequest request) => Results.NoContent();

        [Function("Anything")]
        public static IResult Anything([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.NoContent();

        [Function("Throws")]
        public IResult Throws([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "throws")] HttpRequest request)
        {
            request.HttpContext.Response.Headers["X-Half-Done"] = "yes";
            throw new InvalidOperationException("a secret of the inside");
        }

        [Function("Null")]
        public Task<IResult?> Null([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "null")] HttpRequest request) => Task.FromResult<IResult?>(null);

        [Function("Scope")]
        public IResult Scope([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "scope")] HttpRequest request) => Results.Text($"{scope.Id} {_instance}");

        [Function("Slow")]
        public async Task<IResult> SlowAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "slow")] HttpRequest request, CancellationToken cancellationToken)
        {
            callerWentAway.Started.SetResult();

            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                callerWentAway.Noticed.SetResult();
            }

            return Results.NoContent();
        }

        [Function("Reads")]
        public async Task<IResult> ReadsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "reads")] HttpRequest request, CancellationToken cancellationToken)
        {
            await request.Body.CopyToAsync(Stream.Null, cancellationToken);
            return Results.NoContent();
        }
    }
}
