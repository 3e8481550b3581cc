using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Reanchor.Functions.Access;

internal static class CallerNetwork
{
    private const int PrefixBytes = 8;

    /// <summary>The address that a request comes from; of IPv6 the first 64 bits, for one customer has as many addresses as they like.</summary>
    public static string Of(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } address => $"{Prefix(address)}/64",
        var address => address.ToString(),
    };

    private static IPAddress Prefix(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(PrefixBytes).Clear();
        return new(bytes);
    }
}
