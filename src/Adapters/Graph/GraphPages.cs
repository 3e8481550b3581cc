using Microsoft.Graph;
using Microsoft.Kiota.Abstractions.Serialization;

namespace Reanchor.Adapters.Graph;

internal static class GraphPages
{
    /// <summary>The page size that Graph allows at most.</summary>
    public const int MaxSize = 999;

    /// <summary>The items of a first page and of every page after it.</summary>
    public static async Task<List<TItem>> AllAsync<TItem, TPage>(
        GraphServiceClient graph, TPage? firstPage, CancellationToken cancellationToken)
        where TPage : IParsable, IAdditionalDataHolder, new()
    {
        var items = new List<TItem>();

        if (firstPage is not null)
        {
            await PageIterator<TItem, TPage>
                .CreatePageIterator(graph, firstPage, item =>
                {
                    items.Add(item);
                    return true;
                })
                .IterateAsync(cancellationToken);
        }

        return items;
    }
}
