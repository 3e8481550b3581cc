using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Reanchor.GraphSimulator;

namespace Reanchor.ConsoleTests;

/// <summary>A tenant's list of proposals as the page gets it: copies of a real one, as many as a test wants, and changed as it wants.</summary>
internal sealed class ManyProposals(SimulatedTenant tenant, JsonElement proposal, int count)
{
    /// <summary>The list, and not one of its proposals.</summary>
    private readonly Regex _address = new($"/tenants/{tenant.Id}/proposals(\\?|$)");

    public List<JsonNode> Items { get; } = [.. Enumerable.Range(0, count).Select(number => Copy(proposal, number))];

    public static string Name(int number) => number.ToString("'User '0000", CultureInfo.InvariantCulture);

    public Task ServeAsync(IPage page) =>
        page.RouteAsync(_address, route => Faked.JsonAsync(route, List(route.Request.Url)));

    /// <summary>As the next read by itself would find it.</summary>
    public Task ReadAgainAsync(IPage page) => page.RunAndWaitForResponseAsync(() => Visit.LookAgainAsync(page), _address);

    private string List(string address)
    {
        var pending = address.Contains("status=pending", StringComparison.Ordinal);
        return new JsonObject
        {
            ["items"] = new JsonArray([.. Items.Where(p => !pending || (string?)p["status"] == "pending").Select(p => p.DeepClone())]),
            ["next"] = null,
        }.ToJsonString();
    }

    private static JsonNode Copy(JsonElement proposal, int number)
    {
        var copy = JsonNode.Parse(proposal.GetRawText())!;
        copy["proposalId"] = $"copy-{number}";
        copy["displayName"] = Name(number);
        copy["userPrincipalName"] = $"{Name(number).ToLowerInvariant().Replace(' ', '.')}@contoso.example";
        return copy;
    }
}
