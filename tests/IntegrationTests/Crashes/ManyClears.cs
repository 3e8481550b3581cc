using System.Text.Json;
using Reanchor.GraphSimulator;
using Reanchor.IntegrationTests.Pipeline;
using Xunit;

namespace Reanchor.IntegrationTests.Crashes;

/// <summary>A tenant with many leftovers. All but a few are approved, so that a clear too many is seen as well as one too few.</summary>
internal sealed class ManyClears(Stage stage, string name, int count)
{
    private const int NotApproved = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly SimulatedTenant _tenant = stage.AddTenant(name, count + NotApproved, plainUsers: count + 200);
    private readonly List<Guid> _approved = [];
    private List<JsonElement> _pending = [];

    /// <summary>Messages of a killed process come back soon, and no verification is due before the end.</summary>
    public static (string Name, string Value)[] Settings { get; } =
    [
        ("LocalHost__MessageLease", "00:00:02"),
        ("AzureFunctionsJobHost__extensions__queues__maxPollingInterval", "00:00:00.25"),
        ("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:00"),
        ("AzureFunctionsJobHost__extensions__queues__maxDequeueCount", "50"),
        ("Reanchor__ClaimDuration", "00:00:10"),
        ("Reanchor__VerificationFirstDelay", "00:10:00"),
        ("Reanchor__VerificationMaxDelay", "00:10:00"),
    ];

    public Guid Tenant => _tenant.Id;

    /// <summary>How many writes have reached the directory.</summary>
    public int Writes => _tenant.Requests.Count(r => r.Method == "PATCH");

    public bool AreDone => _tenant.Users.Count(u => _approved.Contains(u.Id) && u.OnPremisesImmutableId is null) == count;

    /// <summary>Registers and scans.</summary>
    public async Task ProposeAsync(Uri origin)
    {
        using var ada = await Api.SignInAsync(origin, "ada", ["Administer", "Operate", "Upload"]);
        await Stage.RegisterAsync(ada, _tenant, "propose", new
        {
            maxProposalsPerScan = count + NotApproved,
            maxClearsPerHour = count,
            twoApprovalsAbove = count + NotApproved,
        });
        await ada.ScanAsync(_tenant.Id, "propose", Patience);
        await Deadline.UntilAsync(
            "all are proposed", async () => (_pending = await ListAsync(ada, "pending")).Count == count + NotApproved, Patience);
    }

    /// <summary>Approves until so many are.</summary>
    public async Task ApproveAsync(Uri origin, int upTo)
    {
        using var piet = await Api.SignInAsync(origin, "piet", ["Approve"]);

        foreach (var some in _pending.Take(upTo).Skip(_approved.Count).Chunk(25))
        {
            _approved.AddRange(some.Select(UserOf));
            await piet.PostAsync($"tenants/{_tenant.Id}/decisions", new
            {
                decisions = some.Select(p => new
                {
                    proposalId = p.GetProperty("proposalId").GetString(),
                    decision = "approve",
                    digest = p.GetProperty("digest").GetString(),
                    reason = "checked",
                }),
            });
        }
    }

    /// <summary>Waits for the end. One effective write each, each event once, and nothing that was not approved.</summary>
    public async Task AssertEachClearedOnceAsync(Uri origin)
    {
        using var reader = await Api.SignInAsync(origin, "reader", ["Read"]);
        await Deadline.UntilAsync("every approved user is cleared", async () => (await ListAsync(reader, "cleared")).Count == count, Patience);
        var users = (await reader.ListAsync($"tenants/{_tenant.Id}/audit?top=1000"))
            .ToLookup(e => e.GetProperty("type").GetString(), e => e.GetProperty("userId").ValueKind is JsonValueKind.String ? UserOf(e) : default);
        var patched = _tenant.Requests.Where(r => r.Method == "PATCH").Select(r => Guid.Parse(r.Target.Split('/')[^1]));

        Assert.True(AreDone);
        Assert.Equal(NotApproved, _tenant.Users.Count(u => u.OnPremisesImmutableId is not null));
        Assert.Equal(NotApproved, (await ListAsync(reader, "pending")).Count);
        Assert.Equal(_approved.Order(), patched.Order());
        Assert.Equal(_approved.Order(), users["ProposalApproved"].Order());
        Assert.Equal(_approved.Order(), users["ClearStarted"].Order());
        Assert.Equal(_approved.Order(), users["AnchorCleared"].Order());
        Assert.Empty(users["MessagePoisoned"]);
    }

    private Task<List<JsonElement>> ListAsync(Api reader, string status) =>
        reader.ListAsync($"tenants/{_tenant.Id}/proposals?status={status}&top=1000");

    private static Guid UserOf(JsonElement element) => element.GetProperty("userId").GetGuid();
}
