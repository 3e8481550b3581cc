using Microsoft.Extensions.Time.Testing;
using Reanchor.Adapters.Graph;
using Reanchor.Contracts;

namespace Reanchor.UnitTests.Graph;

/// <summary>Two tenants of one application, and a Graph that answers as it is told.</summary>
public abstract class ThrottledGraph : IDisposable
{
    private static readonly Uri User = new("https://graph.example/beta/users/1");

    protected ThrottledGraph()
    {
        var application = ThrottleScope.OfApplication(Clock);
        Throttle = new(application, Clock);
        Tenant = Client(Throttle);
        OtherTenant = Client(new(application, Clock));
    }

    protected FakeTimeProvider Clock { get; } = new(new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));

    private protected ScriptedGraph Graph { get; } = new();

    private protected TenantThrottle Throttle { get; }

    protected HttpMessageInvoker Tenant { get; }

    protected HttpMessageInvoker OtherTenant { get; }

    public void Dispose()
    {
        Tenant.Dispose();
        OtherTenant.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static Task<HttpResponseMessage> GetAsync(HttpMessageInvoker client) => SendAsync(client, HttpMethod.Get);

    protected static Task<HttpResponseMessage> PatchAsync(HttpMessageInvoker client) => SendAsync(client, HttpMethod.Patch);

    private static Task<HttpResponseMessage> SendAsync(HttpMessageInvoker client, HttpMethod method) =>
        client.SendAsync(new HttpRequestMessage(method, User), World.Cancellation);

    /// <summary>One answer that says so, to a write.</summary>
    protected async Task MeetLimitOfWritesAsync(string retryAfter)
    {
        Graph.Then(429, ("Retry-After", retryAfter), ("x-ms-throttle-scope", "Tenant_Application/Write/app/tenant"));
        await PatchAsync(Tenant);
    }

    private HttpMessageInvoker Client(TenantThrottle throttle) =>
        new(new ThrottleHandler(Samples.NewTenantId(), throttle, Clock) { InnerHandler = Graph }, disposeHandler: false);
}
