using System.Globalization;
using System.Text.RegularExpressions;
using Reanchor.Tenants;

namespace Reanchor.Inventories;

/// <summary>What an inventory may say about itself.</summary>
public static partial class HeaderRules
{
    /// <summary>How far the collector's clock may be ahead of ours.</summary>
    public static TimeSpan AllowedClockDifference { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Reads an ISO 8601 instant. A time without its offset is refused: it could be hours off.</summary>
    public static bool TryReadInstant(string? text, out DateTimeOffset instant)
    {
        instant = default;

        if (text is null
            || !Instant().IsMatch(text)
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed))
        {
            return false;
        }

        instant = parsed.ToUniversalTime();
        return true;
    }

    /// <summary>Everything wrong with a header; empty when nothing is.</summary>
    public static IReadOnlyList<string> Check(InventoryHeader header, DateTimeOffset now)
    {
        var problems = new List<string>();

        if (!Forest().IsMatch(header.Forest))
        {
            problems.Add($"forest {AttributeText.Quote(header.Forest)} is not a DNS name such as corp.example");
        }

        if (header.TakenAt - now > AllowedClockDifference)
        {
            problems.Add(
                $"takenAt {header.TakenAt.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} is in the future; check the clock where it was taken");
        }

        if (header.AnchorAttribute is { } attribute && !AnchorAttribute.TryParse(attribute, null, out _))
        {
            problems.Add($"anchorAttribute {AttributeText.Quote(attribute)} is not the LDAP name of an attribute, such as employeeID");
        }

        return problems;
    }

    [GeneratedRegex(
        @"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,7})?)?(Z|[+-][0-9]{2}:[0-9]{2})\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Instant();

    [GeneratedRegex(@"\A(?=.{1,255}\z)[\p{L}\p{N}_-]{1,63}(\.[\p{L}\p{N}_-]{1,63})*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Forest();
}
