using System.Net;
using System.Text.Json;
using Reanchor.GraphSimulator;
using Reanchor.IntegrationTests;
using Reanchor.IntegrationTests.Pipeline;

namespace Reanchor.ConsoleTests;

/// <summary>A console with something to see on every view, all of it with hostile names. Tests that decide anything make a tenant of their own.</summary>
public sealed class SeededConsole : ConsoleHost
{
    private static readonly string[] Collectors = ["corp"];
    private int _tenants;

    /// <summary>With proposals that wait, one that was rejected, and one that was cleared.</summary>
    public SimulatedTenant Hostile { get; private set; } = null!;

    /// <summary>A proposal that waits.</summary>
    public string Pending { get; private set; } = "";

    /// <summary>A proposal whose clear was verified.</summary>
    public string Cleared { get; private set; } = "";

    public string HostileUser { get; private set; } = "";

    /// <summary>A tenant with one proposal that waits, which nobody decides.</summary>
    internal (SimulatedTenant Tenant, JsonElement Proposal) Single { get; private set; }

    protected override async Task SeedAsync()
    {
        Hostile = Stage.AddTenant("Hostile", leftovers: 0, plainUsers: 40);
        HostileNames.AddTo(Hostile);
        var path = $"tenants/{Hostile.Id}";
        await Ada.PutAsync(path, new { displayName = HostileNames.Markup, mode = "propose", collectors = Collectors });
        await Ada.UploadAsync($"{path}/inventories/corp", await Stage.InventoryAsync(Hostile));
        await Ada.PostAsync($"{path}/collectors/corp/key", new { }, HttpStatusCode.Created);
        var proposals = await ProposeAsync(Hostile, HostileNames.All.Length);

        await DecideAsync(path, proposals[^1], "approve");
        await DecideAsync(path, proposals[^2], "reject");
        Cleared = Text(proposals[^1], "proposalId");
        Pending = Text(proposals[0], "proposalId");
        HostileUser = Text(proposals[0], "userId");
        await Ada.PutAsync($"{path}/exceptions/{Text(proposals[^2], "userId")}", new
        {
            owner = HostileNames.Markup,
            reason = HostileNames.Long,
            expiresAt = TimeProvider.System.GetUtcNow().AddDays(30),
        });
        await StatusAsync(path, Cleared, "cleared");
        Hostile.RunSync();
        await StatusAsync(path, Cleared, "verified");
        var (tenant, single) = await NewTenantAsync(leftovers: 1);
        Single = (tenant, single[0]);
    }

    /// <summary>A tenant of a test's own, with so many proposals that wait.</summary>
    internal async Task<(SimulatedTenant Tenant, List<JsonElement> Proposals)> NewTenantAsync(
        int leftovers, Action<SimulatedTenant>? change = null, object? policy = null)
    {
        var tenant = Stage.AddTenant($"Tenant{Interlocked.Increment(ref _tenants)}", leftovers, plainUsers: 20);
        change?.Invoke(tenant);
        await Stage.RegisterAsync(Ada, tenant, "propose", policy);
        return (tenant, await ProposeAsync(tenant, leftovers));
    }

    private async Task<List<JsonElement>> ProposeAsync(SimulatedTenant tenant, int expected)
    {
        await Ada.ScanAsync(tenant.Id, "propose");
        List<JsonElement> pending = [];
        await Deadline.UntilAsync("all are proposed", async () =>
            (pending = await Ada.ListAsync($"tenants/{tenant.Id}/proposals?status=pending")).Count == expected);
        return [.. pending.OrderBy(p => Text(p, "userPrincipalName"), StringComparer.Ordinal)];
    }

    internal Task<JsonElement> DecideAsync(string path, JsonElement proposal, string decision) => Piet.PostAsync(
        $"{path}/proposals/{Text(proposal, "proposalId")}/decision",
        new { decision, digest = Text(proposal, "digest"), reason = HostileNames.Markup });

    internal Task StatusAsync(string path, string proposal, string status) => Deadline.UntilAsync(
        $"the proposal is {status}", async () => Text(await Ada.GetAsync($"{path}/proposals/{proposal}"), "status") == status);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
