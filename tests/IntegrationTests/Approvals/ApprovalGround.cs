using System.Collections.Concurrent;
using Xunit;
using Reanchor.IntegrationTests.Pipeline;

namespace Reanchor.IntegrationTests.Approvals;

/// <summary>A LocalHost process that knows a workflow for each test, and the people who decide; each test brings its own tenant.</summary>
public sealed class ApprovalGround : IAsyncLifetime
{
    private const int Seats = 16;

    private readonly ConcurrentQueue<(string Name, WorkflowHost Player)> _seats = [];

    internal Stage Stage { get; private set; } = null!;

    internal LocalHostProcess Host { get; private set; } = null!;

    /// <summary>Administers, operates and uploads.</summary>
    internal Api Ada { get; private set; } = null!;

    internal Api Piet { get; private set; } = null!;

    internal Api Rosa { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Stage = await Stage.SetAsync();

        for (var i = 0; i < Seats; i++)
        {
            _seats.Enqueue(($"seat{i}", await WorkflowHost.StartAsync("approval.workflow.json")));
        }

        Host = await LocalHostProcess.StartAsync(
            Stage.Storage,
            Stage.Graph,
            [
                .. _seats.Select(s => ($"Approvals__Workflows__{s.Name}", s.Player.Trigger.AbsoluteUri)),
                ("Approvals__ConsoleAddress", "http://localhost/"),
                ("Approvals__AllowLoopback", "true"),
                ("Approvals__CallbackHosts", ".logic.azure.com, localhost"),
                ("Approvals__BatchDelay", "00:00:01"),
                ("Reanchor__VerificationFirstDelay", "00:10:00"),
            ]);
        Ada = await Api.SignInAsync(Host.Origin, "ada", ["Administer", "Operate", "Upload", "Read"]);
        Piet = await Api.SignInAsync(Host.Origin, "piet", ["Approve"]);
        Rosa = await Api.SignInAsync(Host.Origin, "rosa", ["Approve"]);
    }

    /// <summary>A workflow that nobody else uses, and its name in the settings.</summary>
    internal (string Name, WorkflowHost Player) TakeSeat() =>
        _seats.TryDequeue(out var seat) ? seat : throw new InvalidOperationException($"More than {Seats} tests: add seats.");

    public async ValueTask DisposeAsync()
    {
        Ada.Dispose();
        Piet.Dispose();
        Rosa.Dispose();
        await Host.DisposeAsync();

        foreach (var (_, player) in _seats)
        {
            await player.DisposeAsync();
        }

        await Stage.DisposeAsync();
    }
}

/// <summary>Tests that share the ground; they run one after the other.</summary>
[CollectionDefinition(nameof(ApprovalGround))]
public sealed class ApprovalGroundTests : ICollectionFixture<ApprovalGround>;
