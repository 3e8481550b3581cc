using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Reanchor.Tenants;

namespace Reanchor.Access;

/// <summary>
/// What a collector signs in with: <c>rk_{tenant}_{collector}_{secret}</c>. It names its row, so that one read tells whether it is good.
/// </summary>
public sealed partial class CollectorKey
{
    /// <summary>Tells a key from a token.</summary>
    public const string Prefix = "rk_";

    private const int SecretBytes = 32;

    private CollectorKey(TenantId tenant, CollectorId collector, string secret)
    {
        Tenant = tenant;
        Collector = collector;
        Text = $"{Prefix}{tenant.Value:N}_{collector}_{secret}";
    }

    public TenantId Tenant { get; }

    public CollectorId Collector { get; }

    /// <summary>Secret: shown once, never stored and never logged.</summary>
    public string Text { get; }

    /// <summary>
    /// SHA-256 of the whole key, hex. A slow hash, as for passwords, would add nothing: there is no dictionary of 256 random bits.
    /// </summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Text)));

    public static CollectorKey New(TenantId tenant, CollectorId collector) =>
        new(tenant, collector, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)));

    public static bool TryParse(string text, [NotNullWhen(true)] out CollectorKey? key)
    {
        key = Form().Match(text) is { Success: true } match
            && Guid.TryParseExact(match.Groups["tenant"].Value, "N", out var tenant)
            && CollectorId.TryParse(match.Groups["collector"].Value, null, out var collector)
                ? new(new(tenant), collector, match.Groups["secret"].Value)
                : null;
        return key is not null;
    }

    /// <summary>Not the key: it may end up in a log.</summary>
    public override string ToString() => $"the key of {Collector}";

    [GeneratedRegex(@"\Ark_(?<tenant>[0-9a-f]{32})_(?<collector>[a-z0-9-]{1,63})_(?<secret>[0-9a-f]{64})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
