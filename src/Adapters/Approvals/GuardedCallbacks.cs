using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Reanchor.Approvals;
using Reanchor.Json;

namespace Reanchor.Adapters.Approvals;

/// <summary>
/// Calls back by https to hosts of a list, at public addresses alone. The address is looked at when it is given, and the one that is
/// really connected to once more: a name that leads elsewhere by then leads nowhere.
/// </summary>
public sealed class GuardedCallbacks : ICallbackClient, IDisposable
{
    /// <summary>RFC 1035, as it is written.</summary>
    private const int LongestHost = 253;

    private readonly IOptionsMonitor<ApprovalsOptions> _options;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly HttpClient _http;

    public GuardedCallbacks(IOptionsMonitor<ApprovalsOptions> options)
        : this(options, Dns.GetHostAddressesAsync)
    {
    }

    internal GuardedCallbacks(IOptionsMonitor<ApprovalsOptions> options, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        _options = options;
        _resolve = resolve;
        _http = new(new SocketsHttpHandler
        {
            // No proxy: it would connect where this process was not allowed to. No redirect: it would lead to an address nobody looked at.
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = TimeSpan.FromSeconds(30),
            MaxResponseContentBufferSize = 64 * 1024,
        };
    }

    public async Task<string?> ObjectionAsync(Uri address, CancellationToken cancellationToken)
    {
        if (ObjectionToForm(address) is { } objection)
        {
            return objection;
        }

        try
        {
            await ResolveAsync(address.IdnHost, cancellationToken);
            return null;
        }
        catch (CallbackRefusedException ex)
        {
            return ex.Message;
        }
        catch (SocketException)
        {
            return "The host of the address is not known.";
        }
    }

    public async Task<string?> SendAsync(Uri address, CallbackNotice notice, CancellationToken cancellationToken)
    {
        if (ObjectionToForm(address) is { } objection)
        {
            return objection;
        }

        try
        {
            using var content = JsonContent.Create(notice, options: ReanchorJson.Options);
            using var response = await _http.PostAsync(address, content, cancellationToken);
            var status = (int)response.StatusCode;

            return status is >= 200 and < 300 ? null
                : status is 408 or 429 or >= 500 ? throw new WorkflowUnavailableException($"The subscriber at {address.IdnHost} answered {status}.")
                : $"The subscriber answered {status}. A redirect is not followed.";
        }
        catch (HttpRequestException ex) when (ex.InnerException is CallbackRefusedException refused)
        {
            return refused.Message;
        }
        catch (Exception ex) when (ex is HttpRequestException || (ex is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new WorkflowUnavailableException($"The subscriber at {address.IdnHost} was not reached: {ex.GetType().Name}.", ex);
        }
    }

    public void Dispose() => _http.Dispose();

    private bool IsLocal(string host) => _options.CurrentValue.AllowLoopback && IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip);

    private string? ObjectionToForm(Uri address) =>
        !address.IsAbsoluteUri || address.UserInfo.Length + address.Fragment.Length > 0 ? "The address may hold no user name, password or fragment."
        : IsLocal(address.IdnHost) && address.Scheme is "http" or "https" ? null
        : address.Scheme != Uri.UriSchemeHttps || !address.IsDefaultPort ? "The address must be https, at the usual port."
        : address.Host.Length > LongestHost ? $"The name of a host has at most {LongestHost} characters."
        : address.HostNameType is not UriHostNameType.Dns ? "The address must name a host, not a number."
        : !IsListed(address.IdnHost) ? "The host is not one that may be called back. An administrator of the installation can add it to Approvals__CallbackHosts."
        : null;

    private bool IsListed(string host) => _options.CurrentValue.CallbackHosts
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Any(listed => listed[0] == '.'
            ? host.EndsWith(listed, StringComparison.OrdinalIgnoreCase)
            : host.Equals(listed, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="CallbackRefusedException">One of its addresses is not public: then none of them is trusted.</exception>
    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IsLocal(host))
        {
            return [IPAddress.Parse(host.Trim('[', ']'))];
        }

        var addresses = await _resolve(host, cancellationToken);
        return addresses.Length > 0 && addresses.All(PublicAddress.Is)
            ? addresses
            : throw new CallbackRefusedException("The host leads to an address that is not public.");
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(context.DnsEndPoint.Host, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class CallbackRefusedException(string message) : Exception(message);
}
