using Reanchor.Scanning;

namespace Reanchor.Adapters.Graph;

/// <summary>Counts every request that leaves, retries included.</summary>
internal sealed class RequestMeterHandler : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        RequestMeter.Tick();
        return base.SendAsync(request, cancellationToken);
    }
}
