using System.DirectoryServices.Protocols;
using System.Text;

namespace Reanchor.Collector.Directories;

/// <summary>
/// The attributes of one object as bytes. The LDAP library guesses which values are text, and takes a GUID for text when its bytes
/// happen to be UTF-8; so nothing is left to it.
/// </summary>
internal sealed class RawAttributes
{
    private readonly Dictionary<string, byte[][]> _values;

    public RawAttributes(IEnumerable<KeyValuePair<string, byte[][]>> values) => _values = new(values, StringComparer.OrdinalIgnoreCase);

    public static RawAttributes None { get; } = new([]);

    public static RawAttributes Of(SearchResultEntry entry) => new(
        entry.Attributes.Values.Cast<DirectoryAttribute>().Select(
            attribute => KeyValuePair.Create(attribute.Name, (byte[][])attribute.GetValues(typeof(byte[])))));

    /// <summary>An attribute may be present without a value; that counts as absent.</summary>
    public bool Has(string name) => _values.TryGetValue(name, out var values) && values.Length > 0;

    /// <returns>The first value, or <see langword="null"/>.</returns>
    public byte[]? Bytes(string name) => _values.TryGetValue(name, out var values) && values.Length > 0 ? values[0] : null;

    /// <inheritdoc cref="Bytes"/>
    public string? Text(string name) => Bytes(name) is { Length: > 0 } value ? Encoding.UTF8.GetString(value) : null;

    /// <exception cref="CollectorFailureException">The server sent only the first of very many values.</exception>
    public IReadOnlyList<string> Texts(string name)
    {
        // [MS-ADTS] 3.1.1.3.1.3.3: more values than the server sends at once come as "name;range=0-1499".
        if (_values.Keys.FirstOrDefault(k => k.StartsWith($"{name};range=", StringComparison.OrdinalIgnoreCase)) is { } cut)
        {
            throw CollectorFailureException.Directory(
                $"An account has more values of {name} than the server sends at once ({cut}). Remove the ones that nobody needs.");
        }

        return _values.TryGetValue(name, out var values)
            ? [.. values.Where(v => v.Length > 0).Select(Encoding.UTF8.GetString)]
            : [];
    }

    public bool IsTrue(string name) => Text(name) is "TRUE";
}
