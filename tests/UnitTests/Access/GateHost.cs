using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reanchor.Functions;
using Reanchor.Access;
using Reanchor.Auditing;
using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.Functions.Access;
using Reanchor.LocalHost.Hosting;
using Reanchor.LocalHost.Identity;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Access;

/// <summary>A real server on a free loopback port: local identity, and functions behind the gate.</summary>
internal sealed class GateHost : IAsyncDisposable
{
    public const string ClientId = "55555555-5555-5555-5555-555555555555";

    /// <summary>The one that is registered, with the collector <see cref="Samples.Corp"/>.</summary>
    public static readonly TenantId Tenant = new(Guid.Parse("11111111-1111-1111-1111-111111111111"));

    /// <summary>No answer of the product's.</summary>
    public const HttpStatusCode Admitted = (HttpStatusCode)299;

    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private GateHost(WebApplication app, LocalIdentity identity, Uri origin)
    {
        _app = app;
        _client = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = origin };
        Identity = identity;
        Origin = origin;
    }

    public LocalIdentity Identity { get; }
    public Uri Origin { get; }

    public static Task<GateHost> StartAsync(
        string? authority = null, Action<IServiceCollection>? configure = null, string? keyFolder = null, params KeyValuePair<string, string?>[] settings) =>
        StartAsync(
            app =>
            {
                app.MapGet("/api/tenants/{tenantId}/ruled", (HttpContext context) => RunAsync(context, "Ruled", GateFunctions.Ruled));
                app.MapGet("/api/tenants/{tenantId}/persons", (HttpContext context) => RunAsync(context, "Persons", GateFunctions.Persons));
                app.MapGet("/api/tenants/{tenantId}/collectors/{collectorId}", (HttpContext context) => RunAsync(context, "Collectors", GateFunctions.Collectors));
                app.MapGet("/api/open", (HttpContext context) => RunAsync(context, "Open", GateFunctions.Open));
                app.MapGet("/api/forgotten", (HttpContext context) => RunAsync(context, "Forgotten", GateFunctions.Forgotten));
            },
            FunctionAccess.Of([typeof(GateFunctions)]),
            authority,
            configure,
            keyFolder,
            settings);

    /// <summary>The product's own routes; whoever gets past the gate is answered <see cref="Admitted"/>.</summary>
    public static Task<GateHost> StartProductAsync(FunctionCatalog catalog) => StartAsync(
        app =>
        {
            foreach (var function in catalog.Http)
            {
                app.MapMethods(
                    $"/api/{function.Route}",
                    function.Verbs,
                    (HttpContext context) => RunAsync(context, function.Name, _ => Results.StatusCode((int)Admitted)));
            }
        },
        FunctionAccess.Of(typeof(Composition).Assembly),
        settings: [new("Access:FailedSignInsPerMinute", "1000")]);

    public Task<HttpResponseMessage> GetAsync(string path, string? token = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, token, headers);

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? token = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<HttpResponseMessage> PostAsync(
        string path, string body, string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new StringContent(body, new MediaTypeHeaderValue(contentType));

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public string Token(string[] roles, string[] tenants, string name = "alice", ActorKind kind = ActorKind.Person) =>
        Identity.Mint(new() { Name = name, Kind = kind, Roles = roles, Tenants = tenants });

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        Identity.Dispose();
    }

    private static async Task<GateHost> StartAsync(
        Action<WebApplication> map,
        FunctionAccess functions,
        string? authority = null,
        Action<IServiceCollection>? configure = null,
        string? keyFolder = null,
        params KeyValuePair<string, string?>[] settings)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(new IPEndPoint(IPAddress.Loopback, 0));
        var origin = new Uri($"http://{socket.LocalEndPoint}");
        var key = keyFolder is null ? SigningKey.Create() : SigningKey.LoadOrCreate(keyFolder);
        var identity = new LocalIdentity(origin, LocalIdentity.DefaultAudience, key, TimeProvider.System);

        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls(origin.ToString()).UseSockets(transport => transport.CreateBoundListenSocket = _ => socket);
        builder.Configuration.AddInMemoryCollection(
        [
            new("Access:Authority", authority ?? identity.Issuer),
            new("Access:Audience", identity.Audience),
            new("Access:ClientId", ClientId),
            .. settings,
        ]);
        var tenants = new InMemoryTenantStore();
        await tenants.TryAddAsync(Samples.NewTenant(Tenant), TestContext.Current.CancellationToken);
        builder.Services.AddLogging().AddRouting().AddHttpGate(builder.Configuration);
        builder.Services
            .AddSingleton(functions)
            .AddSingleton(TimeProvider.System)
            .AddSingleton<ITenantStore>(tenants)
            .AddSingleton<ICollectorKeyStore>(new InMemoryCollectorKeyStore())
            .AddSingleton<IAuditTrail>(new InMemoryAuditTrail())
            .AddSingleton<CollectorKeyLedger>()
            .AddSingleton<CheckCollectorKeyHandler>();
        configure?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseRouting();
        app.MapLocalIdentity(identity);
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app, identity, origin);
    }

    private static async Task RunAsync(HttpContext context, string function, Func<HttpRequest, IResult> run)
    {
        if (await context.RequestServices.GetRequiredService<HttpGate>().AdmitAsync(context, function))
        {
            await run(context.Request).ExecuteAsync(context);
        }
    }
}
