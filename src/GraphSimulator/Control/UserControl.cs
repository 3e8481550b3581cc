using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reanchor.GraphSimulator;

internal static class UserControl
{
    /// <summary>Adds a user, or sets the given properties of the one with that id or UPN, past every rule of Graph.</summary>
    public static async Task PutAsync(HttpContext context, SimulatedTenant tenant)
    {
        var changes = await ControlJson.ReadAsync<JsonObject>(context);
        var key = (changes["id"] ?? changes["userPrincipalName"])?.GetValue<string>()
            ?? throw new JsonException("A user needs an id or a userPrincipalName.");

        if (tenant.FindUser(key) is { } user)
        {
            await ControlJson.WriteAsync(context, tenant.UpdateUser(user.Id, current => ControlJson.Merge(current, changes)));
            return;
        }

        var added = ControlJson.Merge(new SimulatedUser { UserPrincipalName = "" }, changes);
        await ControlJson.WriteAsync(
            context,
            tenant.AddUser(added.UserPrincipalName.Contains('@', StringComparison.Ordinal) ? added : throw new JsonException("A new user needs a userPrincipalName.")),
            201);
    }

    public static Task GetAsync(HttpContext context, SimulatedTenant tenant)
    {
        var key = ControlGroup.Route(context, "user");
        return tenant.FindUser(key) is { } user
            ? ControlJson.WriteAsync(context, user)
            : throw new KeyNotFoundException($"There is no user {key}.");
    }
}
