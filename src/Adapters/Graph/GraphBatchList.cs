using System.Net;
using System.Text.Json;
using Reanchor.Scanning;

namespace Reanchor.Adapters.Graph;

/// <summary>A list that is read page by page in batches.</summary>
internal sealed class GraphBatchList(string path)
{
    private readonly List<JsonElement> _items = [];

    /// <summary>Path of the page to read next, relative to the version; <see langword="null"/> when the list has ended.</summary>
    public string? Next { get; private set; } = path;

    public IReadOnlyList<JsonElement> Items => _items;

    /// <summary>The answer that ended the list too early; <see langword="null"/> when it was read whole.</summary>
    public GraphBatchAnswer? Refusal { get; private set; }

    /// <exception cref="DirectoryUnavailableException">The next page is said to be somewhere else.</exception>
    public void Add(GraphBatchAnswer answer, string versionAddress)
    {
        Next = null;

        if (answer.Status is not HttpStatusCode.OK)
        {
            Refusal = answer;
            return;
        }

        _items.AddRange(answer.Body.GetProperty("value").EnumerateArray());

        if (answer.Text("@odata.nextLink") is { } link)
        {
            Next = link.StartsWith(versionAddress, StringComparison.OrdinalIgnoreCase)
                ? link[versionAddress.Length..]
                : throw new DirectoryUnavailableException("Graph sent the link of a next page that is not its own.");
        }
    }
}
