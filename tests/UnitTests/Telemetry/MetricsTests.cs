using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Reanchor.Access;
using Reanchor.Contracts;
using Reanchor.GraphSimulator;
using Reanchor.Maintenance;
using Reanchor.Scanning;
using Reanchor.Telemetry;
using Reanchor.Tenants;
using Reanchor.UnitTests.Graph;
using Reanchor.UnitTests.GraphSimulator;
using Xunit;

namespace Reanchor.UnitTests.Telemetry;

/// <summary>What the pipeline measures. Every measurement of the process is heard, so each test looks at its own tenant or queue alone.</summary>
public sealed class MetricsTests : IDisposable
{
    private readonly World _world = new();
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Name, double Value, Dictionary<string, string?> Tags)> _heard = new();

    public MetricsTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Metrics.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.Start();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void Document_ListsEveryMetric()
    {
        var instruments = new ConcurrentQueue<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == Metrics.MeterName)
                {
                    instruments.Enqueue($"| `{instrument.Name}` | {instrument.Unit} | {instrument.Description} |");
                }
            },
        };
        Metrics.Delivered("none", due: Samples.Now, Samples.Now);
        listener.Start();

        Assert.NotEmpty(instruments);
        Assert.Equal(
            instruments.Order(StringComparer.Ordinal),
            File.ReadLines(Repository.Path("docs/telemetry.md")).Where(l => l.StartsWith("| `reanchor.", StringComparison.Ordinal))
                .Select(l => l[..(l.LastIndexOf('|', l.Length - 2) + 1)]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ScanEnded_Scan_TellsItsDurationItsUsersAndItsFindings()
    {
        var scan = Scan() with { UsersRead = 12, Counts = new Dictionary<Classification, int> { [Classification.Candidate] = 2, [Classification.Guest] = 1 } };
        var ended = scan.Complete(reportOnlyBecause: null, Samples.Now.AddMinutes(3));

        Metrics.ScanEnded(ended);

        Assert.Equal(
            [("reanchor.scan.duration", 180, "Completed"), ("reanchor.scan.findings", 1, "Guest"), ("reanchor.scan.findings", 2, "Candidate"), ("reanchor.scan.users", 12, "Completed")],
            Of(scan.Tenant.ToString()).Select(m => (m.Name, m.Value, m.Tags.GetValueOrDefault("status") ?? m.Tags.GetValueOrDefault("classification")!)).Order());
    }

    [Fact]
    public async Task Maintain_ProposalsWait_TellsHowManyAndHowLong()
    {
        var proposal = await _world.GivenProposalAsync();

        // An age that no other test has, for they all speak of the same tenant.
        _world.Clock.Advance(TimeSpan.FromSeconds(7_211));

        await _world.Get<MaintainHandler>().HandleAsync(World.Cancellation);

        var heard = Of(proposal.Tenant.ToString());
        Assert.Contains(heard, m => m is { Name: "reanchor.proposals.waiting", Value: 1 });
        Assert.Contains(heard, m => m is { Name: "reanchor.proposals.oldest", Value: 7_211 });
    }

    [Fact]
    public void Delivered_Late_TellsBySoMuch()
    {
        const string Queue = "a-queue-of-this-test";

        Metrics.Delivered(Queue, Samples.Now, Samples.Now.AddSeconds(7));
        Metrics.Delivered(Queue, Samples.Now, Samples.Now.AddSeconds(-1));
        Metrics.Delivered(Queue, due: null, Samples.Now);

        Assert.Equal([7, 0], _heard.Where(m => m.Tags.GetValueOrDefault("queue") == Queue).Select(m => m.Value));
    }

    [Fact]
    public async Task GraphWasBusy_RequestAndStepsOfABatch_AreCountedByTenantAndStatus()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        CloudUser[] users = [NewUser(), NewUser()];
        simulator.Cloud.Faults.Add(new() { Kind = FaultKind.ServiceUnavailable, RetryAfter = 30, Count = 1 });

        await Assert.ThrowsAsync<DirectoryUnavailableException>(
            () => GraphReader.AskAsync(simulator, (reader, tenant) => reader.FindUserAsync(tenant, users[0].Id, World.Cancellation)));
        simulator.Cloud.Faults.Add(new() { Kind = FaultKind.TooManyRequests, PathPrefix = "/users/", RetryAfter = 30, Skip = 1, Count = 2 });
        await Assert.ThrowsAsync<DirectoryUnavailableException>(
            () => GraphReader.AskAsync(simulator, (reader, tenant) => reader.ReadUserFactsAsync(tenant, users, World.Cancellation)));

        Assert.Equal(
            [("reanchor.graph.throttled", 1.0, "503"), ("reanchor.graph.throttled", 1.0, "429"), ("reanchor.graph.throttled", 1.0, "429")],
            Of($"{simulator.Tenant.Id}").Select(m => (m.Name, m.Value, m.Tags["status"])));

        CloudUser NewUser()
        {
            var user = simulator.Tenant.AddUser(RunningSimulator.User($"{Guid.NewGuid():N}"));
            return new() { Id = user.Id, UserPrincipalName = user.UserPrincipalName, OnPremises = new() };
        }
    }

    private static Scan Scan() => new Scan
    {
        Id = ScanId.At(Samples.Now),
        Tenant = new(Guid.NewGuid()),
        Mode = TenantMode.Report,
        RequestedBy = Actor.System,
        QueuedAt = Samples.Now,
        ProgressAt = Samples.Now,
    }.Begin(Samples.Now);

    private List<(string Name, double Value, Dictionary<string, string?> Tags)> Of(string tenant) =>
        [.. _heard.Where(m => m.Tags.GetValueOrDefault("tenant") == tenant)];

    private void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var kept = new Dictionary<string, string?>();

        foreach (var (key, tag) in tags)
        {
            kept[key] = tag?.ToString();
        }

        _heard.Enqueue((instrument.Name, value, kept));
    }
}
