using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reanchor.Access;
using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Access;

public sealed class CollectorGateTests : IAsyncLifetime
{
    private const string Other = "22222222-2222-2222-2222-222222222222";

    private static readonly TenantId Tenant = GateHost.Tenant;

    private readonly InMemoryCollectorKeyStore _keys = new();
    private readonly RecordingLog _log = new();
    private readonly CollectorKey _key = CollectorKey.New(Tenant, Samples.Corp);
    private GateHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        await _keys.TryAddAsync(
            new CollectorKeys { Tenant = Tenant, Collector = Samples.Corp }.Issue(_key, Samples.Olga, Samples.Now), World.Cancellation);
        _host = await GateHost.StartAsync(
            configure: services => services.AddSingleton<ICollectorKeyStore>(_keys).AddSingleton<ILoggerProvider>(_log));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _log.Dispose();
    }

    [Theory]
    [InlineData("/api/tenants/11111111-1111-1111-1111-111111111111/collectors/corp", HttpStatusCode.OK)]
    [InlineData("/api/tenants/11111111-1111-1111-1111-111111111111/collectors/CORP", HttpStatusCode.Forbidden)]
    [InlineData("/api/tenants/11111111-1111-1111-1111-111111111111/collectors/other", HttpStatusCode.Forbidden)]
    [InlineData("/api/tenants/11111111-1111-1111-1111-111111111111/ruled", HttpStatusCode.Forbidden)]
    [InlineData("/api/tenants/11111111-1111-1111-1111-111111111111/persons", HttpStatusCode.Forbidden)]
    [InlineData($"/api/tenants/{Other}/collectors/corp", HttpStatusCode.NotFound)]
    [InlineData("/api/tenants/contoso/collectors/corp", HttpStatusCode.BadRequest)]
    public async Task Admit_Key_OpensItsOwnCollectorAlone(string path, HttpStatusCode expected)
    {
        using var response = await _host.GetAsync(path, _key.Text);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Admit_WrongKey_Is401AndTheLogHasNoSecret()
    {
        var wrong = CollectorKey.New(Tenant, Samples.Corp).Text;

        using var response = await _host.GetAsync($"/api/tenants/{Tenant}/collectors/corp", wrong);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains(_log.Lines, line => line.Contains($"not the key of collector {Tenant}/corp", StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Lines, line => line.Contains(wrong[^64..], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rk_")]
    [InlineData("rk_../../x")]
    public async Task Admit_MalformedKey_Is401(string key)
    {
        using var response = await _host.GetAsync($"/api/tenants/{Tenant}/collectors/corp", key);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Admit_KeyInAnotherScheme_Is401()
    {
        using var response = await _host.GetAsync(
            $"/api/tenants/{Tenant}/collectors/corp", null, ("Authorization", $"Basic {_key.Text}"), ("X-Api-Key", _key.Text));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }
}
