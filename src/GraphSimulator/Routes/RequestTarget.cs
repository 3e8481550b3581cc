namespace Reanchor.GraphSimulator;

internal static class RequestTarget
{
    /// <summary>Splits a path and query, as sent, into decoded segments and options.</summary>
    public static (string[] Segments, QueryOptions Query) Split(string target)
    {
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        var path = mark < 0 ? target : target[..mark];
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString);
        return ([.. segments], QueryOptions.Parse(mark < 0 ? "" : target[(mark + 1)..]));
    }
}
