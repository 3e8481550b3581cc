using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Reanchor.UnitTests.Approvals;

/// <summary>A server on this machine that reads one request and gives one answer, word for word.</summary>
internal sealed class OneAnswer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public OneAnswer(string answer)
    {
        _listener.Start();
        Received = ServeAsync(answer);
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/start");

    /// <summary>The request; never completes when nobody calls.</summary>
    public Task<string> Received { get; }

    public void Dispose() => _listener.Dispose();

    private async Task<string> ServeAsync(string answer)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var received = new StringBuilder();
        var buffer = new byte[16 * 1024];

        // Both of its bodies are JSON objects, sent whole.
        while (!received.ToString().TrimEnd().EndsWith('}') && !received.ToString().EndsWith("0\r\n\r\n", StringComparison.Ordinal))
        {
            received.Append(Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer)));
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        return received.ToString();
    }
}
