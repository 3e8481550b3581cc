using System.Text.Json;
using Reanchor.GraphSimulator;
using Reanchor.LocalHost;
using Reanchor.LocalHost.Demo;
using Reanchor.LocalHost.Storage;

namespace Reanchor.Benchmarks;

/// <summary>
/// The product on Azurite and the simulator, in this process but for Azurite; what the benchmarks of a busy Graph run on. The queues have an
/// Azurite of their own: it does all its work on one thread.
/// </summary>
internal sealed class BusyGraph : IAsyncDisposable
{
    private readonly AzuriteProcess _tables;
    private readonly AzuriteProcess _queues;
    private readonly GraphSimulatorHost _simulator;
    private readonly LocalHostApp _host;

    private BusyGraph(AzuriteProcess tables, AzuriteProcess queues, GraphSimulatorHost simulator, LocalHostApp host)
    {
        (_tables, _queues, _simulator, _host) = (tables, queues, simulator, host);
        Administrator = SignIn("ada", "Administer", "Operate", "Upload", "Read");
        Approver = SignIn("piet", "Approve", "Read");
    }

    public SimulatedCloud Cloud => _simulator.Cloud;

    public Uri Graph => _simulator.Endpoint;

    public ReanchorClient Administrator { get; }

    public ReanchorClient Approver { get; }

    /// <param name="betweenVerifications">From a clear to the first look at the match, and from each look to the next.</param>
    public static async Task<BusyGraph> StartAsync(TimeSpan betweenVerifications)
    {
        var tables = await AzuriteProcess.StartAsync(new(), Console.Error.WriteLine, CancellationToken.None);
        var queues = await AzuriteProcess.StartAsync(new(), Console.Error.WriteLine, CancellationToken.None);
        var simulator = await GraphSimulatorHost.StartAsync(new SimulatedCloud(), 0, CancellationToken.None);
        var settings = new Dictionary<string, string?>
        {
            ["DataStorage"] = string.Join(';', [.. Parts(tables).Where(part => !IsQueue(part)), .. Parts(queues).Where(IsQueue)]),
            ["Graph:Endpoint"] = simulator.Endpoint.AbsoluteUri,
            ["Graph:Credential"] = "None",
            ["Graph:ClientId"] = $"{SimulatedCloud.ApplicationId}",
            ["Reanchor:ClaimDuration"] = "00:00:20",
            ["Reanchor:VerificationFirstDelay"] = $"{betweenVerifications}",
            ["Reanchor:VerificationMaxDelay"] = $"{betweenVerifications}",
            ["AzureFunctionsJobHost:extensions:queues:maxPollingInterval"] = "00:00:01",
            ["Logging:LogLevel:Default"] = "Error",
        };
        return new(tables, queues, simulator, await LocalHostApp.StartAsync(0, settings, keyFolder: null, traceFile: null, CancellationToken.None));
    }

    /// <summary>A syncing tenant with one forest and so many leftovers, registered, with its inventory.</summary>
    public async Task<SimulatedTenant> AddTenantAsync(string name, int leftovers, int plainUsers)
    {
        var tenant = Cloud.AddTenant(name, $"{name}.onmicrosoft.com");
        tenant.AddDomain($"{name}.example", isDefault: true);
        tenant.OnPremisesSyncEnabled = true;
        tenant.OnPremisesLastSyncDateTime = TimeProvider.System.GetUtcNow();
        BulkUsers.AddTo(tenant, plainUsers, leftovers, tenant.AddForest($"corp.{name}.example"));
        await Administrator.PutAsync(
            $"tenants/{tenant.Id}",
            new
            {
                displayName = name,
                mode = "propose",
                collectors = (string[])[$"corp-{name}-example"],
                policy = new { maxProposalsPerScan = 10_000, maxClearsPerHour = 10_000, twoApprovalsAbove = 10_000, maxFlaggedPercent = 100 },
            },
            CancellationToken.None);
        await SampleRegistration.UploadAsync(Administrator, tenant, CancellationToken.None);
        return tenant;
    }

    /// <returns>The scan's id.</returns>
    public async Task<string> StartScanAsync(SimulatedTenant tenant, string mode)
    {
        var started = await Administrator.PostAsync($"tenants/{tenant.Id}/scans", new { mode }, CancellationToken.None);
        return started.GetProperty("scanId").GetString()!;
    }

    public Task<IReadOnlyList<JsonElement>> ProposalsAsync(SimulatedTenant tenant, string status) =>
        Administrator.ListAsync($"tenants/{tenant.Id}/proposals?status={status}&top=1000", CancellationToken.None);

    public async Task ApproveAsync(SimulatedTenant tenant, IEnumerable<JsonElement> proposals, CancellationToken cancellationToken) =>
        await Approver.PostAsync(
            $"tenants/{tenant.Id}/decisions",
            new
            {
                decisions = proposals.Select(p => new
                {
                    proposalId = p.GetProperty("proposalId").GetString(),
                    decision = "approve",
                    digest = p.GetProperty("digest").GetString(),
                    reason = "benchmark",
                }),
            },
            cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Administrator.Dispose();
        Approver.Dispose();
        await _host.DisposeAsync();
        await _simulator.DisposeAsync();
        await _tables.DisposeAsync();
        await _queues.DisposeAsync();
    }

    private static string[] Parts(AzuriteProcess azurite) => azurite.ConnectionString.Split(';', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsQueue(string part) => part.StartsWith("QueueEndpoint=", StringComparison.Ordinal);

    /// <summary>The console's address, with a token in it.</summary>
    public string SignInLink(string name, params string[] roles) => $"{_host.Api}/console/#token={Token(name, roles)}";

    private ReanchorClient SignIn(string name, params string[] roles) => new(_host.Api, Token(name, roles));

    private string Token(string name, string[] roles) => _host.Identity.Mint(new() { Name = name, Roles = roles, Tenants = ["*"] });
}
