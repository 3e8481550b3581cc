using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Reanchor.Json;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Approvals;

/// <summary>Names one batch. It says where the batch is kept and ends in 128 random bits, so that nobody guesses one. Opaque to callers.</summary>
[JsonConverter(typeof(ParsableConverter<BatchId>))]
public sealed partial record BatchId : IParsable<BatchId>
{
    private BatchId(string value) => Value = value;

    public string Value { get; }

    public TenantId Tenant => new(Guid.ParseExact(Value[..32], "N"));

    public ScanId Scan => ScanId.Parse(Value[33..49], null);

    public static BatchId New(TenantId tenant, ScanId scan) =>
        new($"{tenant.Value:N}-{scan}-{RandomNumberGenerator.GetHexString(32, lowercase: true)}");

    public static BatchId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var result) ? result : throw new FormatException("This is not the id of a batch.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out BatchId? result)
    {
        result = s is not null && Pattern().IsMatch(s) ? new(s) : null;
        return result is not null;
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"\A[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
