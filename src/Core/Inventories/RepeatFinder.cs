using System.Runtime.InteropServices;

namespace Reanchor.Inventories;

/// <param name="Line">Where a value is listed again.</param>
/// <param name="FirstLine">Where it was listed first.</param>
internal readonly record struct Repeat(Guid Key, int Line, int FirstLine);

/// <summary>
/// Finds values that are listed twice among millions, in a few megabytes: they are spread over parts by their hash, which wait in a
/// file until each is sorted by itself.
/// </summary>
internal sealed class RepeatFinder : IDisposable
{
    private const int Parts = 64;
    private const int ChunkEntries = 1024;

    private readonly List<Entry>[] _parts = new List<Entry>[Parts];
    private readonly List<(int Part, long Offset)> _chunks = [];
    private FileStream? _file;

    public void Add(Guid key, int line)
    {
        // Multiplied, so that ids which differ in a few low bits do not all fall into one part.
        var at = (int)((uint)key.GetHashCode() * 2654435769u >> 26);
        var part = _parts[at] ??= [];
        part.Add(new(key, line));

        if (part.Count == ChunkEntries)
        {
            Spill(at, part);
        }
    }

    /// <returns>The first so many, in the order of their lines.</returns>
    public IReadOnlyList<Repeat> Find(int limit)
    {
        var found = new PriorityQueue<Repeat, int>();

        for (var at = 0; at < Parts; at++)
        {
            var entries = Load(at);
            entries.Sort(static (a, b) => a.Key.CompareTo(b.Key) is not 0 and var order ? order : a.Line.CompareTo(b.Line));
            var first = 0;

            for (var i = 1; i < entries.Count; i++)
            {
                if (entries[i].Key != entries[first].Key)
                {
                    first = i;
                    continue;
                }

                found.Enqueue(new(entries[i].Key, entries[i].Line, entries[first].Line), -entries[i].Line);

                if (found.Count > limit)
                {
                    found.Dequeue();
                }
            }
        }

        return [.. found.UnorderedItems.Select(item => item.Element).OrderBy(repeat => repeat.Line)];
    }

    public void Dispose() => _file?.Dispose();

    private void Spill(int at, List<Entry> part)
    {
        _file ??= TemporaryFile.Create(FileOptions.None);
        _chunks.Add((at, _file.Length));
        _file.Seek(0, SeekOrigin.End);
        _file.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(part)));
        part.Clear();
    }

    private List<Entry> Load(int at)
    {
        var entries = new List<Entry>(_parts[at] ?? []);
        var chunk = new Entry[ChunkEntries];

        foreach (var (_, offset) in _chunks.Where(c => c.Part == at))
        {
            _file!.Position = offset;
            _file.ReadExactly(MemoryMarshal.AsBytes(chunk.AsSpan()));
            entries.AddRange(chunk);
        }

        return entries;
    }

    private readonly record struct Entry(Guid Key, int Line);
}
