using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.UnitTests.GraphSimulator;

/// <summary>A simulator on a free loopback port with one tenant, and a client that calls it as an app would.</summary>
internal sealed class RunningSimulator : IAsyncDisposable
{
    public const string Domain = "contoso.example";

    private readonly GraphSimulatorHost _host;

    private RunningSimulator(GraphSimulatorHost host, FakeTimeProvider clock, SimulatedTenant tenant)
    {
        _host = host;
        Clock = clock;
        Tenant = tenant;
        Http = new() { BaseAddress = host.Endpoint };
        Http.DefaultRequestHeaders.Authorization = new("Bearer", Token(tenant.Id));
    }

    public SimulatedCloud Cloud => _host.Cloud;
    public FakeTimeProvider Clock { get; }
    public SimulatedTenant Tenant { get; }
    public HttpClient Http { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<RunningSimulator> StartAsync(Action<SimulatedTenant>? arrange = null)
    {
        var clock = new FakeTimeProvider(new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));
        var cloud = new SimulatedCloud(clock);
        var tenant = cloud.AddTenant("Contoso", "contoso.onmicrosoft.com").AddDomain(Domain, isDefault: true);
        tenant.OnPremisesSyncEnabled = true;
        arrange?.Invoke(tenant);
        return new(await GraphSimulatorHost.StartAsync(cloud, 0, Cancellation), clock, tenant);
    }

    public static string Token(Guid tenantId, string appId = "app-1")
    {
        var claims = JsonSerializer.SerializeToUtf8Bytes(new { tid = tenantId, appid = appId });
        return $"e30.{Convert.ToBase64String(claims).TrimEnd('=').Replace('+', '-').Replace('/', '_')}.";
    }

    public static SimulatedUser User(string name, string? anchor = null) => new()
    {
        UserPrincipalName = $"{name}@{Domain}",
        DisplayName = name,
        Mail = $"{name}@{Domain}",
        ProxyAddresses = [$"SMTP:{name}@{Domain}", $"smtp:{name}.old@{Domain}"],
        UserPurpose = "user",
        OnPremisesImmutableId = anchor,
    };

    public static string NewAnchor() => AdAccount.ToAnchor(Guid.NewGuid());

    /// <summary>Calls <c>/v1.0</c> unless the path names a version.</summary>
    public Task<Answer> GetAsync(string path, bool eventual = false) => SendAsync(HttpMethod.Get, path, null, eventual);

    public Task<Answer> PatchUserAsync(SimulatedUser user, string body, string version = "v1.0") =>
        SendAsync(HttpMethod.Patch, $"/{version}/users/{user.Id}", body);

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? body = null, bool eventual = false)
    {
        var isVersioned = path.StartsWith("/v1.0", StringComparison.Ordinal)
            || path.StartsWith("/beta", StringComparison.Ordinal)
            || path.StartsWith("/simulator", StringComparison.Ordinal)
            || path.StartsWith("http", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(method, isVersioned ? path : "/v1.0" + path);

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        if (eventual)
        {
            request.Headers.Add("ConsistencyLevel", "eventual");
        }

        using var response = await Http.SendAsync(request, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        var headers = response.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
        return new((int)response.StatusCode, headers, text);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.DisposeAsync();
    }
}
