using System.IO.Compression;
using System.IO.Pipelines;
using System.Security.Cryptography;

namespace Reanchor.Inventories;

/// <summary>
/// A text under limits. When it breaks one, or its compression is damaged, it ends there and <see cref="Fault"/> says why, so that
/// no reader behind it ever buffers more than a line.
/// </summary>
internal sealed class MeasuredText : Stream
{
    private readonly Stream _text;
    private readonly int _maxLineBytes;
    private readonly long _maxTextBytes;
    private readonly bool _quoted;
    private long _textBytes;
    private int _recordBytes;
    private int _linesEnded;

    private MeasuredText(Stream text, int maxLineBytes, long maxTextBytes, bool quoted) =>
        (_text, _maxLineBytes, _maxTextBytes, _quoted) = (text, maxLineBytes, maxTextBytes, quoted);

    public TextFault? Fault { get; private set; }

    /// <summary>The line, counted from 1, on which the record that is being read begins.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>A quotation mark was opened and not closed. Known only of a text that may quote line breaks.</summary>
    public bool IsInsideQuotes { get; private set; }

    /// <summary>Nothing follows the last line break.</summary>
    public bool EndsWithLineBreak => _recordBytes == 0;

    /// <summary>Is given everything that is read, when set.</summary>
    public IncrementalHash? Hash { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <param name="source">Stays open.</param>
    /// <param name="gzip">The sender says that it is compressed. A source that begins like gzip is taken as such without that.</param>
    /// <param name="quoted">Whether a line break between quotation marks belongs to the record, as in CSV.</param>
    public static async Task<MeasuredText> OpenAsync(
        Stream source, bool gzip, bool quoted, InventoryLimits limits, CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(source, new(leaveOpen: true));
        var peeked = await pipe.ReadAtLeastAsync(2, cancellationToken);
        var compressed = gzip || StartsLikeGzip(peeked);
        pipe.AdvanceTo(peeked.Buffer.Start);

        var text = compressed ? new GZipStream(pipe.AsStream(), CompressionMode.Decompress) : pipe.AsStream();
        return new(text, limits.MaxLineBytes, limits.MaxTextBytes, quoted);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Fault is not null)
        {
            return 0;
        }

        try
        {
            var read = await _text.ReadAsync(buffer, cancellationToken);
            return Measure(buffer.Span[..read]);
        }
        catch (InvalidDataException)
        {
            Fault = TextFault.Damaged;
            return 0;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        _text.Dispose();
        base.Dispose(disposing);
    }

    private static bool StartsLikeGzip(ReadResult peeked)
    {
        Span<byte> magic = stackalloc byte[2];
        var start = peeked.Buffer.Slice(0, Math.Min(2, peeked.Buffer.Length));
        System.Buffers.BuffersExtensions.CopyTo(start, magic);
        return magic is [0x1f, 0x8b];
    }

    // A mark that a short first read cuts in two is let through: no line of UTF-16 passes as anything.
    private bool IsUtf16(ReadOnlySpan<byte> chunk) =>
        _textBytes == 0 && chunk is ([0xff, 0xfe, ..] or [0xfe, 0xff, ..]);

    /// <returns>How much of the chunk may be seen: all of it, or the records before the one that broke a limit.</returns>
    private int Measure(ReadOnlySpan<byte> chunk)
    {
        if (IsUtf16(chunk))
        {
            Fault = TextFault.Utf16;
            return 0;
        }

        _textBytes += chunk.Length;
        Hash?.AppendData(chunk);

        if (_textBytes > _maxTextBytes)
        {
            Fault = TextFault.TooLarge;
            return 0;
        }

        var whole = 0;

        for (var at = 0; at < chunk.Length;)
        {
            var rest = chunk[at..];
            var found = _quoted ? rest.IndexOfAny((byte)'\n', (byte)'"') : rest.IndexOf((byte)'\n');
            var length = found < 0 ? rest.Length : found + 1;
            at += length;
            _recordBytes += length;

            if (_recordBytes > _maxLineBytes)
            {
                Fault = TextFault.LineTooLong;
                return whole;
            }

            if (found >= 0 && rest[found] == '"')
            {
                IsInsideQuotes = !IsInsideQuotes;
            }
            else if (found >= 0)
            {
                _linesEnded++;

                if (!IsInsideQuotes)
                {
                    (Line, _recordBytes, whole) = (_linesEnded + 1, 0, at);
                }
            }
        }

        return chunk.Length;
    }
}
