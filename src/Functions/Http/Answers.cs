using Microsoft.AspNetCore.Http;
using Reanchor.Json;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Functions.Http;

/// <summary>The shapes of answers that are not problems.</summary>
internal static class Answers
{
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) =>
        Results.Json(value, ReanchorJson.Options, statusCode: status);

    /// <summary>A list: its items, and a token to ask for the next ones with, if there are any.</summary>
    public static IResult List<TItem, TView>(Page<TItem> page, Func<TItem, TView> view) =>
        Json(new ListView<TView>(page.Items.Select(view), page.Next));

    /// <summary>A list.</summary>
    public static Task<IResult> ListAsync<TItem, TView>(Func<Task<Page<TItem>>> query, Func<TItem, TView> view) =>
        TryAsync(async () => List(await query(), view));

    /// <summary>A list of a tenant's. What a removed tenant left behind can still be read; of one that never was there is none.</summary>
    public static Task<IResult> ListAsync<TItem, TView>(
        ITenantStore tenants,
        TenantId tenant,
        Func<Task<Page<TItem>>> query,
        Func<TItem, TView> view,
        CancellationToken cancellationToken) =>
        TryAsync(async () =>
        {
            var page = await query();

            return page is { Items.Count: 0, Next: null } && await tenants.FindAsync(tenant, cancellationToken) is null
                ? Problems.NoTenant(tenant)
                : List(page, view);
        });

    /// <summary>Answers from a tenant's directory as it is now. No queue tries this again: the caller has to.</summary>
    public static async Task<IResult> LiveAsync(Func<Task<IResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (DirectoryUnavailableException ex)
        {
            var next = ex.NeedsRepair ? "" : "Ask again in a minute. ";
            return Problems.Unavailable($"The tenant's directory could not be read, so nothing can be said yet. {next}{ex.Message}");
        }
    }

    /// <summary>Runs what reads a page; a token that is not ours is the caller's mistake.</summary>
    public static async Task<IResult> TryAsync(Func<Task<IResult>> list)
    {
        try
        {
            return await list();
        }
        catch (InvalidContinuationException)
        {
            return Problems.BadRequest("'next' must be the value that the page before gave, unchanged.");
        }
    }
}
