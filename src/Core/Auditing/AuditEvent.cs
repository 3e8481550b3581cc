using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Reanchor.Auditing;

/// <summary>A fact, named in the past tense. What a derived event adds to the header becomes its details.</summary>
public abstract record AuditEvent([property: JsonIgnore] EventHeader Header)
{
    /// <summary>The name of every event there is.</summary>
    public static IReadOnlyList<string> Types { get; } =
        [.. typeof(AuditEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(AuditEvent))).Select(t => t.Name).Order(StringComparer.Ordinal)];

    [JsonIgnore]
    public string Type => GetType().Name;

    /// <summary>32 hexadecimal digits, the same each time the same fact is told.</summary>
    [JsonIgnore]
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{Header.Tenant}|{Type}|{Header.At.UtcTicks}|{Header.UserId}|{Header.Proposal}|{Header.Scan}|{Header.Actor.Id}|{Subject}"))))[..32];

    /// <summary>Tells apart events that the header alone does not.</summary>
    [JsonIgnore]
    protected virtual string Subject => "";
}
