using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Reanchor.Json;

namespace Reanchor.Proposals;

/// <summary>Names one proposal of a tenant: the user and the how-many-eth proposal it is. Opaque to callers.</summary>
[JsonConverter(typeof(ParsableConverter<ProposalId>))]
public sealed partial record ProposalId : IParsable<ProposalId>
{
    private ProposalId(string value) => Value = value;

    public string Value { get; }

    public Guid UserId => Guid.ParseExact(Value[..32], "N");

    public int Number => int.Parse(Value[33..], NumberStyles.None, CultureInfo.InvariantCulture);

    public static ProposalId First(Guid userId) => new($"{userId:N}-0001");

    public ProposalId Following() => new($"{UserId:N}-{Number + 1:d4}");

    public static ProposalId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var result) ? result : throw new FormatException("This is not a proposal id.");

    public static bool TryParse(
        [NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out ProposalId? result)
    {
        result = s is not null && Pattern().IsMatch(s) ? new(s) : null;
        return result is not null;
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"\A[0-9a-f]{32}-[0-9]{4}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
