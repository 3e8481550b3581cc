using Microsoft.AspNetCore.WebUtilities;

namespace Reanchor.GraphSimulator;

/// <summary>The query string's options, decoded. Names compare without case, as in Graph.</summary>
internal sealed class QueryOptions
{
    private readonly Dictionary<string, string> _options = new(StringComparer.OrdinalIgnoreCase);

    private QueryOptions(string raw) => Raw = raw;

    /// <summary>The query string as sent, without its question mark.</summary>
    public string Raw { get; }

    public string? Select => _options.GetValueOrDefault("$select");
    public string? Filter => _options.GetValueOrDefault("$filter");
    public string? OrderBy => _options.GetValueOrDefault("$orderby");
    public string? SkipToken => _options.GetValueOrDefault("$skiptoken");

    public bool Count => _options.TryGetValue("$count", out var value) && (value switch
    {
        "true" => true,
        "false" => false,
        _ => throw new GraphRefusal(400, "BadRequest", $"Invalid value '{value}' for $count query option found. Valid values are 'true' and 'false'."),
    });

    /// <exception cref="GraphRefusal">An option is given twice.</exception>
    public static QueryOptions Parse(string raw)
    {
        var options = new QueryOptions(raw);

        foreach (var pair in new QueryStringEnumerable(raw))
        {
            var name = pair.DecodeName().ToString();

            if (!options._options.TryAdd(name, pair.DecodeValue().ToString()))
            {
                throw new GraphRefusal(400, "BadRequest", $"Query option '{name}' was specified more than once, but it must be specified at most once.");
            }
        }

        return options;
    }

    /// <summary>The page size asked for, or null.</summary>
    /// <exception cref="GraphRefusal">It is no number, or outside 1 to 999.</exception>
    public int? Top()
    {
        if (!_options.TryGetValue("$top", out var text))
        {
            return null;
        }

        if (!int.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var top))
        {
            throw new GraphRefusal(400, "BadRequest", $"Invalid value '{text}' for $top query option found. The $top query option requires a non-negative integer value.");
        }

        return top is >= 1 and <= 999
            ? top
            : throw GraphRefusal.UnsupportedQuery($"Invalid page size specified: '{top}'. Must be between 1 and 999 inclusive.");
    }

    /// <exception cref="GraphRefusal">An option outside <paramref name="modelled"/> is used: 501.</exception>
    public void Allow(params ReadOnlySpan<string> modelled)
    {
        foreach (var name in _options.Keys)
        {
            if (!modelled.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw GraphRefusal.NotSimulated($"query option '{name}' on this route");
            }
        }
    }

    /// <summary>The query string with another <c>$skiptoken</c>.</summary>
    public string WithSkipToken(string token)
    {
        var kept = Raw.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(part => !Uri.UnescapeDataString(part).StartsWith("$skiptoken=", StringComparison.OrdinalIgnoreCase));
        return string.Join('&', [.. kept, "$skiptoken=" + token]);
    }
}
