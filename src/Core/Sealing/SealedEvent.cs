using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Reanchor.Auditing;

namespace Reanchor.Sealing;

/// <summary>A leaf of a seal's tree: an event and the hash that it had.</summary>
public sealed record SealedEvent(DateTimeOffset At, string Id, string Hash)
{
    [JsonIgnore]
    public EventKey Key => new(At, Id);

    public static SealedEvent Of(AuditEntry entry) => new(entry.At.ToUniversalTime(), entry.Id, entry.Hash);

    public byte[] LeafData() => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}|{Id}|{Hash}"));
}
