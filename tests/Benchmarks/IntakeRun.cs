using System.Diagnostics;
using Reanchor.Inventories;

namespace Reanchor.Benchmarks;

/// <summary>An upload checked and written in the form it is stored in.</summary>
internal static class IntakeRun
{
    public static async Task<TimeSpan> MeasureAsync(string upload, string stored)
    {
        var clock = Stopwatch.StartNew();
        await using var content = File.OpenRead(upload);
        await using var output = File.Create(stored);
        var result = await new InventoryIntake(InventoryLimits.Default, TimeProvider.System)
            .ReadNdjsonAsync(content, gzip: true, output, CancellationToken.None);

        return result.IsAccepted ? clock.Elapsed : throw new InvalidDataException(string.Join('\n', result.Problems));
    }
}
