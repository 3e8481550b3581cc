using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Reanchor.Auditing;

/// <summary>
/// Marks an event as written by Reanchor until a seal vouches for it: an HMAC-SHA256 over its hash. Whoever can write to the table but
/// does not hold the key cannot add an event that passes for a genuine one.
/// </summary>
public sealed class AuditStamp(IOptions<AuditOptions> options)
{
    public AuditEntry Put(AuditEntry entry) => entry with { Stamp = Of(options.Value.Key, entry.Hash) };

    /// <summary>Whether the event is one of Reanchor's, and unchanged.</summary>
    public bool Fits(AuditEntry entry) =>
        entry is { Stamp: not null, Hash: not null }
        && entry.Hash == entry.ComputeHash()
        && (Fits(options.Value.Key, entry) || (options.Value.PreviousKey.Length > 0 && Fits(options.Value.PreviousKey, entry)));

    private static bool Fits(string key, AuditEntry entry) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(Of(key, entry.Hash)), Encoding.UTF8.GetBytes(entry.Stamp!));

    private static string Of(string key, string hash) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes($"reanchor audit event|{hash}")));
}
