using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Reanchor.Adapters.Approvals;

/// <summary>
/// Which addresses lie out in the Internet. What is reserved, private, local to a machine or a platform, or wraps such an address, does
/// not (IANA's special-purpose address registries; 168.63.129.16 is Azure's own on every virtual machine).
/// </summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "168.63.129.16/32",
            "2001::/23", "2001:db8::/32", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return Is(address.MapToIPv4());
        }

        if (address.AddressFamily is AddressFamily.InterNetwork)
        {
            return !NotPublic.Any(network => network.BaseAddress.AddressFamily is AddressFamily.InterNetwork && network.Contains(address));
        }

        var bytes = address.GetAddressBytes();

        return SixToFour.Contains(address) ? Is(Embedded(bytes, 2))
            : Nat64.Contains(address) ? Is(Embedded(bytes, 12))
            : GlobalUnicast.Contains(address)
                && !NotPublic.Any(network => network.BaseAddress.AddressFamily is AddressFamily.InterNetworkV6 && network.Contains(address));
    }

    private static IPAddress Embedded(byte[] bytes, int at) =>
        new(BinaryPrimitives.ReverseEndianness(BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at))));
}
