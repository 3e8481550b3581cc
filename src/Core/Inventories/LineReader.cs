namespace Reanchor.Inventories;

/// <summary>The lines of a text, one at a time, without their line breaks. A last line that a fault cut short is not shown.</summary>
internal sealed class LineReader(MeasuredText text)
{
    // Grows to the longest line, which MeasuredText bounds.
    private byte[] _buffer = new byte[128 * 1024];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>The number of the line last read, counted from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Good until the next read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <returns><see langword="false"/> after the last line.</returns>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var scanned = 0;

        while (true)
        {
            var lineBreak = _buffer.AsSpan((_start + scanned).._end).IndexOf((byte)'\n');

            if (lineBreak >= 0)
            {
                Take(scanned + lineBreak, 1);
                return true;
            }

            if (_ended)
            {
                var isLine = _end > _start && text.Fault is null;
                Take(_end - _start, 0);
                return isLine;
            }

            scanned = _end - _start;
            MakeRoom();
            var read = await text.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            _ended = read == 0;
            _end += read;
        }
    }

    private void Take(int length, int lineBreak)
    {
        var line = _buffer.AsMemory(_start, length);
        _start += length + lineBreak;
        Number++;

        if (Number == 1 && line.Span is [0xef, 0xbb, 0xbf, ..])
        {
            line = line[3..];
        }

        Line = line.Span is [.., (byte)'\r'] ? line[..^1] : line;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        else if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }
}
