using System.Net;
using System.Net.Sockets;

namespace Reanchor.IntegrationTests.Collector;

/// <summary>Stands before a domain controller's plain LDAP port, and counts the paging controls that go by.</summary>
internal sealed class LdapProxy : IAsyncDisposable
{
    // RFC 2696. The client writes it once into each request that asks for a page.
    private static readonly byte[] PagingControl = "1.2.840.113556.1.4.319"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string _server;
    private readonly Func<int, Task>? _onPage;
    private readonly Task _accepting;
    private int _pages;

    /// <param name="onPage">Told before a request for a page goes on, with its number; it waits until this is over.</param>
    public LdapProxy(SambaDomain server, Func<int, Task>? onPage = null)
    {
        (_server, _onPage) = (server.Address, onPage);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public int Pages => Volatile.Read(ref _pages);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.WaitAsync(TimeSpan.FromSeconds(10));
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var pumps = new List<Task>();

        try
        {
            while (true)
            {
                pumps.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception ex) when (ex is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(pumps);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(_server, 389, _stop.Token);
                var requests = PumpAsync(client.GetStream(), server.GetStream(), CountAsync);
                var answers = PumpAsync(server.GetStream(), client.GetStream(), _ => Task.CompletedTask);
                await Task.WhenAny(requests, answers);
            }
            catch (Exception ex) when (ex is IOException or SocketException or OperationCanceledException)
            {
                // The end of a connection is nothing to this proxy.
            }
        }
    }

    // A request is one small packet, so no control is cut in two between reads.
    private async Task CountAsync(ReadOnlyMemory<byte> request)
    {
        if (request.Span.IndexOf(PagingControl) >= 0)
        {
            var page = Interlocked.Increment(ref _pages);
            await (_onPage?.Invoke(page) ?? Task.CompletedTask);
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, Func<ReadOnlyMemory<byte>, Task> see)
    {
        var buffer = new byte[64 * 1024];

        try
        {
            while (await from.ReadAsync(buffer, _stop.Token) is > 0 and var read)
            {
                await see(buffer.AsMemory(0, read));
                await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            }
        }
        catch (Exception ex) when (ex is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // As above.
        }
    }
}
