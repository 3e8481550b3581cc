using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Reanchor.Json;

namespace Reanchor.Contracts.InMemory;

/// <summary>Items by key, in the order of keys, each with a version. Keeps JSON, as the real stores do, so no caller shares an item.</summary>
internal sealed class Rows<T>
{
    private const string TokenPrefix = "after ";

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, (string Json, int Version)> _rows = new(StringComparer.Ordinal);
    private int _lastVersion;

    public Versioned<T>? Find(string key)
    {
        lock (_lock)
        {
            return _rows.TryGetValue(key, out var row) ? Read(row) : null;
        }
    }

    public bool TryAdd(string key, T item)
    {
        lock (_lock)
        {
            return _rows.TryAdd(key, Row(item));
        }
    }

    public void Put(string key, T item)
    {
        lock (_lock)
        {
            _rows[key] = Row(item);
        }
    }

    public Versioned<T>? TryReplace(string key, string version, T item)
    {
        lock (_lock)
        {
            if (!IsCurrent(key, version))
            {
                return null;
            }

            var row = Row(item);
            _rows[key] = row;
            return Read(row);
        }
    }

    public bool TryRemove(string key, string version)
    {
        lock (_lock)
        {
            return IsCurrent(key, version) && _rows.Remove(key);
        }
    }

    /// <summary>As it stands now; later changes do not show.</summary>
    public IReadOnlyList<KeyValuePair<string, Versioned<T>>> List(string keyPrefix)
    {
        lock (_lock)
        {
            return [.. _rows.Where(r => r.Key.StartsWith(keyPrefix, StringComparison.Ordinal)).Select(r => KeyValuePair.Create(r.Key, Read(r.Value)))];
        }
    }

    /// <summary>For reading one item at a time, where all together are too many.</summary>
    public IReadOnlyList<string> Keys(string keyPrefix)
    {
        lock (_lock)
        {
            return [.. _rows.Keys.Where(key => key.StartsWith(keyPrefix, StringComparison.Ordinal))];
        }
    }

    public Page<T> Page(string keyPrefix, Func<T, bool> belongs, int top, string? continuation)
    {
        var after = Decode(continuation, keyPrefix);
        var rest = List(keyPrefix)
            .Where(r => string.CompareOrdinal(r.Key, after) > 0 && belongs(r.Value.Item))
            .Take(top + 1)
            .ToList();

        return new([.. rest.Take(top).Select(r => r.Value.Item)], rest.Count > top ? Encode(rest[top - 1].Key) : null);
    }

    private static string Encode(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(TokenPrefix + key));

    private static string Decode(string? continuation, string keyPrefix)
    {
        if (continuation is null)
        {
            return "";
        }

        if (!Base64Url.IsValid(continuation))
        {
            throw new InvalidContinuationException();
        }

        var token = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(continuation));
        return token.StartsWith(TokenPrefix + keyPrefix, StringComparison.Ordinal)
            ? token[TokenPrefix.Length..]
            : throw new InvalidContinuationException();
    }

    private static Versioned<T> Read((string Json, int Version) row) =>
        new(JsonSerializer.Deserialize<T>(row.Json, ReanchorJson.Options)!, Text(row.Version));

    private static string Text(int version) => version.ToString(CultureInfo.InvariantCulture);

    private bool IsCurrent(string key, string version) => _rows.TryGetValue(key, out var row) && Text(row.Version) == version;

    private (string Json, int Version) Row(T item) => (JsonSerializer.Serialize(item, ReanchorJson.Options), ++_lastVersion);
}
