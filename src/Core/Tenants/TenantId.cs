using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Reanchor.Json;

namespace Reanchor.Tenants;

/// <summary>The id of an Entra directory: a GUID in the form <c>00000000-0000-0000-0000-000000000000</c>.</summary>
[JsonConverter(typeof(ParsableConverter<TenantId>))]
public readonly record struct TenantId(Guid Value) : IParsable<TenantId>
{
    public static TenantId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var result) ? result : throw new FormatException("A tenant id is a GUID with hyphens.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TenantId result)
    {
        var parsed = Guid.TryParseExact(s, "D", out var value) && value != Guid.Empty;
        result = new(value);
        return parsed;
    }

    public override string ToString() => Value.ToString("D");
}
