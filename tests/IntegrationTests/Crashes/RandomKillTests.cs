using Reanchor.IntegrationTests.Pipeline;
using Xunit;

namespace Reanchor.IntegrationTests.Crashes;

public sealed class RandomKillTests
{
    private static readonly int Clears = LongRun.IsOn ? 500 : 50;
    private static readonly int Kills = LongRun.IsOn ? 200 : 8;

    /// <summary>kill -9, again and again, while approved clears are on their way.</summary>
    [Fact]
    public async Task Clears_ProcessKilledAgainAndAgain_EndWithExactlyTheApprovedOnesClearedOnce()
    {
        await using var stage = await Stage.SetAsync();
        var clears = new ManyClears(stage, "Wingtip", Clears);
        var random = new Random(20261127);
        var host = await StartAsync(stage);

        try
        {
            await clears.ApproveAsync(host.Origin);

            for (var kill = 0; kill < Kills; kill++)
            {
                // A moment of its own each time: after so many more writes have reached the directory.
                var writes = clears.Writes + random.Next(1, 4);
                await Deadline.UntilAsync("more is written, or all is", () => clears.Writes >= writes || clears.AreDone);
                host.Kill();
                await host.DisposeAsync();
                host = await StartAsync(stage);
            }

            await clears.AssertEachClearedOnceAsync(host.Origin);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    private static Task<LocalHostProcess> StartAsync(Stage stage) =>
        LocalHostProcess.StartAsync(stage.Storage, stage.Graph, ManyClears.Settings);
}
