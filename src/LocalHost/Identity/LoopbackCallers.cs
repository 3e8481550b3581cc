using System.Net;

namespace Reanchor.LocalHost.Identity;

/// <summary>Tells a caller on this machine from one who only seems to be.</summary>
public static class LoopbackCallers
{
    /// <summary>
    /// The connection comes from this machine, no proxy says that it passes someone else on, and the address asked for is a loopback
    /// one: a web page whose name was made to point here sends its own name.
    /// </summary>
    public static bool Sent(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } remote
        && IPAddress.IsLoopback(remote)
        && !request.Headers.ContainsKey("Forwarded")
        && !request.Headers.ContainsKey("X-Forwarded-For")
        && IsLoopback(request.Host.Host);

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
