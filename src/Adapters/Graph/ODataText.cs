namespace Reanchor.Adapters.Graph;

internal static class ODataText
{
    /// <summary>A text as a literal of an OData filter.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
