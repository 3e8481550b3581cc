using Xunit;

namespace Reanchor.Contracts;

internal static class Paging
{
    /// <summary>Valid Base64 and not; neither was ever handed out.</summary>
    public static TheoryData<string> BadTokens => ["not a token!", "bm90LWEtdG9rZW4", "AA", "bm90IG91cnMgYXQgYWxs"];

    /// <summary>Reads every page and checks that none is longer than asked for.</summary>
    public static async Task<List<T>> AllAsync<T>(int top, Func<string?, Task<Page<T>>> readPage)
    {
        var items = new List<T>();
        var (continuation, pages) = ((string?)null, 0);

        do
        {
            var page = await readPage(continuation);
            Assert.InRange(page.Items.Count, 0, top);
            Assert.True(++pages < 1000, "The list never ends.");
            items.AddRange(page.Items);
            continuation = page.Next;
        }
        while (continuation is not null);

        return items;
    }
}
