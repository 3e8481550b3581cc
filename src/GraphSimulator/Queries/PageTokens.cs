using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace Reanchor.GraphSimulator;

/// <summary>
/// Query results that pages are cut from. A token names a result and a position in it, so following pages neither run the
/// query again nor shift when users change. Kept per tenant: a token of another tenant is as good as expired.
/// </summary>
internal sealed class PageTokens(TimeProvider clock)
{
    private const int MaxItemsKept = 4_000_000;
    private const int MaxKept = 1_000;
    private const int AlwaysKept = 8;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly LinkedList<Entry> _entries = [];
    private long _itemsKept;

    public string Add<T>(string query, T[] items, int position)
    {
        lock (_gate)
        {
            var entry = _entries.FirstOrDefault(existing => ReferenceEquals(existing.Items, items));

            if (entry is null)
            {
                entry = new(Guid.NewGuid(), query, items, items.Length, clock.GetUtcNow() + Lifetime);
                _entries.AddLast(entry);
                _itemsKept += entry.Length;

                while (_entries.Count > MaxKept || (_itemsKept > MaxItemsKept && _entries.Count > AlwaysKept))
                {
                    _itemsKept -= _entries.First!.Value.Length;
                    _entries.RemoveFirst();
                }
            }

            Span<byte> token = stackalloc byte[20];
            entry.Id.TryWriteBytes(token);
            BinaryPrimitives.WriteInt32LittleEndian(token[16..], position);
            return Base64Url.EncodeToString(token);
        }
    }

    /// <returns>Null when the token is unreadable, expired, of another tenant, or of another query.</returns>
    public (T[] Items, int Position)? Find<T>(string token, string query)
    {
        Span<byte> bytes = stackalloc byte[20];

        if (token.Length != 27
            || Base64Url.DecodeFromChars(token, bytes, out _, out var written) != OperationStatus.Done
            || written != bytes.Length)
        {
            return null;
        }

        var id = new Guid(bytes[..16]);
        var position = BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]);

        lock (_gate)
        {
            return _entries.FirstOrDefault(candidate => candidate.Id == id) is { } entry
                && entry.Query == query
                && entry.ExpiresAt > clock.GetUtcNow()
                && entry.Items is T[] items
                && position >= 0
                && position < items.Length
                    ? (items, position)
                    : null;
        }
    }

    private sealed record Entry(Guid Id, string Query, object Items, int Length, DateTimeOffset ExpiresAt);
}
