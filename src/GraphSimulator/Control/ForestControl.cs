using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reanchor.GraphSimulator;

internal static class ForestControl
{
    public static Task ListAsync(HttpContext context, SimulatedTenant tenant) =>
        ControlJson.WriteAsync(context, new ItemList<object>(
            tenant.Forests.Select(forest => new { forest = forest.Name, accounts = forest.Accounts.Count })));

    public static Task InventoryAsync(HttpContext context, SimulatedTenant tenant)
    {
        var forest = Find(context, tenant);
        context.Response.ContentType = "application/x-ndjson";
        return InventoryWriter.WriteAsync(tenant, forest, context.Response.Body, context.RequestAborted);
    }

    /// <summary>Adds an account, or sets the given properties of the one with that objectGuid or UPN. An unknown forest is created.</summary>
    public static async Task PutAccountAsync(HttpContext context, SimulatedTenant tenant)
    {
        var changes = await ControlJson.ReadAsync<JsonObject>(context);
        var forest = tenant.AddForest(ControlGroup.Route(context, "forest"));
        var key = (changes["objectGuid"] ?? changes["userPrincipalName"])?.GetValue<string>()
            ?? throw new JsonException("An account needs an objectGuid or a userPrincipalName.");
        var existing = forest.Accounts.FirstOrDefault(account =>
            Guid.TryParse(key, out var id) ? account.ObjectGuid == id : account.UserPrincipalName.Equals(key, StringComparison.OrdinalIgnoreCase));
        var account = existing is null
            ? forest.AddAccount(ControlJson.Merge(new AdAccount { UserPrincipalName = key }, changes))
            : forest.UpdateAccount(existing.ObjectGuid, current => ControlJson.Merge(current, changes));
        await ControlJson.WriteAsync(context, account, existing is null ? 201 : 200);
    }

    public static Task DeleteAccountAsync(HttpContext context, SimulatedTenant tenant)
    {
        var key = ControlGroup.Route(context, "account");
        Find(context, tenant).DeleteAccount(Guid.TryParse(key, out var id) ? id : throw new KeyNotFoundException($"'{key}' is no objectGuid."));
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private static AdForest Find(HttpContext context, SimulatedTenant tenant)
    {
        var name = ControlGroup.Route(context, "forest");
        return tenant.Forests.FirstOrDefault(forest => forest.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new KeyNotFoundException($"Tenant {tenant.Id} has no forest {name}.");
    }
}
