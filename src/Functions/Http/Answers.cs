using Microsoft.AspNetCore.Http;
using Reanchor.Json;

namespace Reanchor.Functions.Http;

/// <summary>The shapes of answers that are not problems.</summary>
internal static class Answers
{
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) =>
        Results.Json(value, ReanchorJson.Options, statusCode: status);

    /// <summary>A list: its items, and a token to ask for the next ones with, if there are any.</summary>
    public static IResult List<TItem, TView>(Page<TItem> page, Func<TItem, TView> view) =>
        Json(new { items = page.Items.Select(view), next = page.Next });

    /// <summary>Runs a list query; a token that is not ours is the caller's mistake.</summary>
    public static async Task<IResult> ListAsync<TItem, TView>(Func<Task<Page<TItem>>> query, Func<TItem, TView> view)
    {
        try
        {
            return List(await query(), view);
        }
        catch (InvalidContinuationException)
        {
            return Problems.BadRequest("'next' must be the value that the page before gave, unchanged.");
        }
    }
}
