using Reanchor.Clearing;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Graph;

/// <summary>
/// The last thing before a write leaves. It may have stood in line and signed in since its command looked at the kill switch, and
/// whoever pulls the brake meanwhile means this write too.
/// </summary>
internal sealed class KillSwitchHandler(TenantId tenant, KillSwitch killSwitch) : DelegatingHandler
{
    /// <exception cref="DirectoryUnavailableException">Writes are paused. Nothing was sent.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Get && await killSwitch.IsOnAsync(tenant, cancellationToken))
        {
            throw new DirectoryUnavailableException("Writes were paused before this one was sent.") { NothingDone = true };
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
