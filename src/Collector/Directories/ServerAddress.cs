using System.Globalization;

namespace Reanchor.Collector.Directories;

/// <summary>A domain controller as the administrator names it.</summary>
/// <param name="Port"><see langword="null"/> for the usual one: 636, or 389 without TLS.</param>
internal sealed record ServerAddress(string Host, int? Port)
{
    /// <returns>What is wrong with the text, or <see langword="null"/>.</returns>
    public static string? FindProblem(string text, out ServerAddress? address)
    {
        address = null;

        if (text.Contains("://", StringComparison.Ordinal))
        {
            return $"'{text}' is an address of a web kind. Give the server's name only, such as dc1.corp.example or dc1.corp.example:636.";
        }

        var colon = text.LastIndexOf(':');
        var hasPort = colon > 0 && (text[colon - 1] == ']' || text.IndexOf(':') == colon);
        var host = (hasPort ? text[..colon] : text).Trim('[', ']');

        if (Uri.CheckHostName(host) is UriHostNameType.Unknown)
        {
            return $"'{text}' is not a server's name. Give one such as dc1.corp.example or dc1.corp.example:636.";
        }

        if (!hasPort)
        {
            address = new(host, null);
            return null;
        }

        if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
        {
            return $"'{text}' has no usable port. A port is a number from 1 to 65535.";
        }

        // The catalogue holds every account and few of its attributes: a missing anchor would look like an unset one.
        if (port is 3268 or 3269)
        {
            return $"Port {port} is the global catalog, which leaves out attributes that the inventory needs. Leave the port out.";
        }

        address = new(host, port);
        return null;
    }

    public int PortFor(bool plainLdap) => Port ?? (plainLdap ? 389 : 636);

    public override string ToString() => Port is null ? Host : $"{Host}:{Port}";
}
