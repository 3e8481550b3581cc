using System.Net;
using System.Net.Sockets;

namespace Reanchor.IntegrationTests.Collector;

/// <summary>A domain controller's ports cannot be chosen, so each gets an address that no other run uses.</summary>
internal static class LoopbackAddress
{
    public static string Next()
    {
        while (true)
        {
            var address = new IPAddress([127, (byte)Random.Shared.Next(20, 250), (byte)Random.Shared.Next(1, 250), (byte)Random.Shared.Next(2, 250)]);

            try
            {
                using var listener = new TcpListener(address, 636);
                listener.Start();
                return address.ToString();
            }
            catch (SocketException)
            {
                // Someone has it.
            }
        }
    }
}
