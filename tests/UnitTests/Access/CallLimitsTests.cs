using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reanchor.Access;
using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Access;

/// <summary>Limits of one in a minute: no test waits for the next minute.</summary>
public sealed class CallLimitsTests : IDisposable
{
    private static readonly TenantId Tenant = GateHost.Tenant;
    private static readonly string Ruled = $"/api/tenants/{Tenant}/ruled";
    private static readonly string Corp = $"/api/tenants/{Tenant}/collectors/corp";

    private readonly CountingKeyStore _keys = new();
    private readonly RecordingLog _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Admit_CallerAboveTheLimit_Is429AndOthersGoOn()
    {
        await using var host = await StartAsync("RequestsPerMinute");
        var alice = host.Token(["Operate"], ["*"]);

        using var first = await host.GetAsync(Ruled, alice);
        using var second = await host.GetAsync(Ruled, alice);
        using var other = await host.GetAsync(Ruled, host.Token(["Operate"], ["*"], "bob"));

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        AssertToWait(second);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Single(_log.Lines, line => line.Contains("calls too often", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Admit_NoSignInAboveTheLimit_Is429()
    {
        await using var host = await StartAsync("RequestsPerMinute");

        using var first = await host.GetAsync("/api/open");
        using var second = await host.GetAsync("/api/open");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        AssertToWait(second);
    }

    [Fact]
    public async Task Admit_FailedSignInsAboveTheLimit_Are429AndLoggedOnce()
    {
        await using var host = await StartAsync("FailedSignInsPerMinute");

        using var first = await host.GetAsync(Ruled, "nonsense");

        Assert.Equal(HttpStatusCode.Unauthorized, first.StatusCode);

        for (var i = 0; i < 20; i++)
        {
            using var further = await host.GetAsync(Ruled, i % 2 == 0 ? "nonsense" : null);
            AssertToWait(further);
        }

        Assert.Single(_log.Lines, line => line.Contains("without a sign-in", StringComparison.Ordinal));
        Assert.Single(_log.Lines, line => line.Contains("have failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Admit_WrongKeysAboveTheLimit_AreNotLookedUp()
    {
        await using var host = await StartAsync("FailedSignInsPerMinute");

        for (var i = 0; i < 20; i++)
        {
            using var response = await host.GetAsync(Corp, CollectorKey.New(Tenant, Samples.Corp).Text);
            Assert.Equal(i == 0 ? HttpStatusCode.Unauthorized : HttpStatusCode.TooManyRequests, response.StatusCode);
        }

        Assert.Equal(1, _keys.Reads);
    }

    [Fact]
    public async Task Admit_AttackerOnTheSameNetwork_LocksOutNeitherTokensNorKeysInUse()
    {
        await using var host = await StartAsync("FailedSignInsPerMinute");
        var key = await GivenKeyAsync();
        using var before = await host.GetAsync(Corp, key.Text);

        for (var i = 0; i < 5; i++)
        {
            using var wrong = await host.GetAsync(Corp, CollectorKey.New(Tenant, Samples.Corp).Text);
        }

        using var inUse = await host.GetAsync(Corp, key.Text);
        using var token = await host.GetAsync(Ruled, host.Token(["Operate"], ["*"]));

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK],
            [before.StatusCode, inUse.StatusCode, token.StatusCode]);
    }

    [Fact]
    public async Task Admit_KeyRevokedWhileInUse_IsNoLongerKnown()
    {
        await using var host = await StartAsync("FailedSignInsPerMinute");
        var key = await GivenKeyAsync();
        using var before = await host.GetAsync(Corp, key.Text);
        var found = (await _keys.FindAsync(Tenant, Samples.Corp, World.Cancellation))!;
        await _keys.TryUpdateAsync(found, found.Item.Revoke(new(Samples.Anton, Samples.Now, "stolen")), World.Cancellation);

        using var revoked = await host.GetAsync(Corp, key.Text);
        var reads = _keys.Reads;
        using var again = await host.GetAsync(Corp, key.Text);

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, revoked.StatusCode);
        AssertToWait(again);
        Assert.Equal(reads, _keys.Reads);
    }

    private static void AssertToWait(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Matches(new Regex(@"\A[1-9]\d?\z"), Assert.Single(response.Headers.GetValues("Retry-After")));
    }

    private Task<GateHost> StartAsync(string limit) => GateHost.StartAsync(
        configure: services => services.AddSingleton<ICollectorKeyStore>(_keys).AddSingleton<ILoggerProvider>(_log),
        settings: [new($"Access:{limit}", "1")]);

    private async Task<CollectorKey> GivenKeyAsync()
    {
        var key = CollectorKey.New(Tenant, Samples.Corp);
        await _keys.TryAddAsync(
            new CollectorKeys { Tenant = Tenant, Collector = Samples.Corp }.Issue(key, Samples.Olga, Samples.Now), World.Cancellation);
        return key;
    }

    private sealed class CountingKeyStore : ICollectorKeyStore
    {
        private readonly InMemoryCollectorKeyStore _store = new();

        public int Reads { get; private set; }

        public Task<Versioned<CollectorKeys>?> FindAsync(TenantId tenant, CollectorId collector, CancellationToken cancellationToken)
        {
            Reads++;
            return _store.FindAsync(tenant, collector, cancellationToken);
        }

        public IAsyncEnumerable<Versioned<CollectorKeys>> ListAsync(TenantId tenant, CancellationToken cancellationToken) =>
            _store.ListAsync(tenant, cancellationToken);

        public Task<bool> TryAddAsync(CollectorKeys added, CancellationToken cancellationToken) => _store.TryAddAsync(added, cancellationToken);

        public Task<Versioned<CollectorKeys>?> TryUpdateAsync(
            Versioned<CollectorKeys> current, CollectorKeys changed, CancellationToken cancellationToken) =>
            _store.TryUpdateAsync(current, changed, cancellationToken);
    }
}
