using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Reanchor.IntegrationTests.Fuzzing;

/// <summary>Sends bytes as they are, which no HTTP client would. Reads HTTP/1.1 answers.</summary>
internal sealed class RawConnection(int port) : IDisposable
{
    private Socket? _socket;
    private Stream? _answers;

    /// <returns><see langword="null"/> when the server closed the connection without an answer.</returns>
    public async Task<RawAnswer?> SendAsync(byte[] request, bool isWhole, bool isHead, CancellationToken cancellationToken)
    {
        var wasUsed = _socket is not null;

        // A server may close a connection after any answer, without a word; as any client does, try again on a new one.
        return await TrySendAsync(request, isWhole, isHead, cancellationToken) is { } answer ? answer
            : wasUsed ? await TrySendAsync(request, isWhole, isHead, cancellationToken)
            : null;
    }

    private async Task<RawAnswer?> TrySendAsync(byte[] request, bool isWhole, bool isHead, CancellationToken cancellationToken)
    {
        if (_socket is null)
        {
            _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await _socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            _answers = new BufferedStream(new NetworkStream(_socket), 16 * 1024);
        }

        var sending = WriteAsync(_socket, request, isWhole, cancellationToken);
        RawAnswer? answer = null;

        try
        {
            answer = await ReadAsync(_answers!, isHead, cancellationToken);
        }
        catch (IOException)
        {
            // Cut in the middle: no answer.
        }

        if (answer is null || !isWhole || answer.ClosesConnection)
        {
            Dispose();
        }

        await sending;
        return answer;
    }

    public void Dispose()
    {
        _answers?.Dispose();
        _socket?.Dispose();
        (_answers, _socket) = (null, null);
    }

    /// <summary>A server may answer before it has taken all of a request, and close; the answer is what counts.</summary>
    private static async Task WriteAsync(Socket socket, byte[] request, bool isWhole, CancellationToken cancellationToken)
    {
        try
        {
            for (var sent = 0; sent < request.Length;)
            {
                sent += await socket.SendAsync(request.AsMemory(sent), cancellationToken);
            }

            if (!isWhole)
            {
                socket.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception ex) when (ex is SocketException or ObjectDisposedException)
        {
            // Looked at by the reader.
        }
    }

    private static async Task<RawAnswer?> ReadAsync(Stream answers, bool isHead, CancellationToken cancellationToken)
    {
        if (await LineAsync(answers, cancellationToken) is not { } first)
        {
            return null;
        }

        var status = int.Parse(first.Split(' ')[1], CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

        while (await LineAsync(answers, cancellationToken) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        return status is 100
            ? await ReadAsync(answers, isHead, cancellationToken)
            : new(status, headers, isHead || status is 204 or 304 ? [] : await BodyAsync(answers, headers, cancellationToken));
    }

    private static async Task<byte[]> BodyAsync(Stream answers, Dictionary<string, string> headers, CancellationToken cancellationToken)
    {
        if (headers.TryGetValue("content-length", out var length))
        {
            var whole = new byte[int.Parse(length, CultureInfo.InvariantCulture)];
            await answers.ReadExactlyAsync(whole, cancellationToken);
            return whole;
        }

        using var body = new MemoryStream();

        while (headers.ContainsKey("transfer-encoding")
            && int.Parse((await LineAsync(answers, cancellationToken))!, NumberStyles.HexNumber, CultureInfo.InvariantCulture) is var size)
        {
            var chunk = new byte[size];
            await answers.ReadExactlyAsync(chunk, cancellationToken);
            body.Write(chunk);
            await LineAsync(answers, cancellationToken);

            if (size == 0)
            {
                break;
            }
        }

        return body.ToArray();
    }

    private static async Task<string?> LineAsync(Stream answers, CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        var one = new byte[1];

        while (await answers.ReadAsync(one, cancellationToken) == 1)
        {
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        return line.Length > 0 ? throw new EndOfStreamException() : null;
    }
}
