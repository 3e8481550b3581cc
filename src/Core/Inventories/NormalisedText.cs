using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Reanchor.Inventories;

/// <summary>
/// Writes an inventory in the one form it is stored in: NDJSON, properties in a fixed order, unset ones left out, gzip. Equal
/// inventories give equal text, whatever they were uploaded as.
/// </summary>
internal sealed class NormalisedText : IAsyncDisposable
{
    private const int ChunkBytes = 64 * 1024;

    // The file is never put into a page: addresses may stay readable.
    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _chunk = new(2 * ChunkBytes);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly GZipStream _output;
    private readonly Utf8JsonWriter _writer;

    /// <param name="output">Stays open.</param>
    public NormalisedText(Stream output)
    {
        _output = new(output, CompressionLevel.Fastest, leaveOpen: true);
        _writer = new(_chunk, Options);
    }

    public void Add(InventoryHeader header)
    {
        MarkerLine.WriteHeader(_writer, header);
        EndLine();
    }

    public void Add(DirectoryAccount account)
    {
        AccountLine.Write(_writer, account);
        EndLine();
    }

    /// <summary>Passes on what was added, once it is worth a write. To be called after each account.</summary>
    public ValueTask FlushAsync(CancellationToken cancellationToken) =>
        _chunk.WrittenCount >= ChunkBytes ? PassOnAsync(cancellationToken) : ValueTask.CompletedTask;

    /// <summary>Adds the end line, which makes the file an inventory.</summary>
    /// <returns>SHA-256 of the text, in lower-case hex.</returns>
    public async Task<string> EndAsync(InventoryEnd end, CancellationToken cancellationToken)
    {
        MarkerLine.WriteEnd(_writer, end);
        EndLine();
        await PassOnAsync(cancellationToken);
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public async ValueTask DisposeAsync()
    {
        await _output.DisposeAsync();
        await _writer.DisposeAsync();
        _hash.Dispose();
    }

    private void EndLine()
    {
        _writer.Flush();
        _writer.Reset();
        _chunk.Write("\n"u8);
    }

    private async ValueTask PassOnAsync(CancellationToken cancellationToken)
    {
        _hash.AppendData(_chunk.WrittenSpan);
        await _output.WriteAsync(_chunk.WrittenMemory, cancellationToken);
        _chunk.ResetWrittenCount();
    }
}
