using System.Diagnostics;
using Reanchor.Inventories;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Benchmarks;

/// <summary>A stored inventory streamed against the users of a scan.</summary>
internal static class JoinRun
{
    private const int WarmUp = 20_000;
    private static readonly CollectorId Collector = CollectorId.Parse("corp", null);

    /// <summary>Measures in a new process.</summary>
    public static async Task<JoinResult> MeasureInChildAsync(string stored, int accounts, int users)
    {
        var start = new ProcessStartInfo(
            "dotnet", [typeof(JoinRun).Assembly.Location, "join", stored, $"{accounts}", $"{users}"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? JoinResult.Parse(output) : throw new InvalidOperationException($"The join ended with {process.ExitCode}.");
    }

    public static async Task<JoinResult> MeasureAsync(string stored, int accounts, int users)
    {
        // Code that is compiled now is no memory of the join.
        await JoinAsync(stored, SampleInventory.Users(10, WarmUp), WarmUp);

        using var process = Process.GetCurrentProcess();
        var before = process.WorkingSet64;
        var clock = Stopwatch.StartNew();
        var sample = SampleInventory.Users(users, accounts);
        var (count, join) = await JoinAsync(stored, sample, int.MaxValue);
        var seconds = clock.Elapsed.TotalSeconds;
        process.Refresh();

        var evidence = sample.Select(u => join.EvidenceFor(u.Id)).ToList();
        return new(
            count,
            evidence.Count(e => e.AnchorHolders.Count > 0),
            evidence.Count(e => e.Partners.Count == 1),
            seconds,
            (process.PeakWorkingSet64 - before) / 1024.0 / 1024.0);
    }

    private static async Task<(int Accounts, InventoryJoin Join)> JoinAsync(string stored, IReadOnlyList<CloudUser> users, int limit)
    {
        var join = new InventoryJoin(users);
        var count = 0;
        await using var file = File.OpenRead(stored);

        await foreach (var account in InventoryReader.ReadAsync(file, CancellationToken.None))
        {
            join.Add(Collector, account);

            if (++count == limit)
            {
                break;
            }
        }

        return (count, join);
    }
}
