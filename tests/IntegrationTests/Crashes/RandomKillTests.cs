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
        await using var stage = await Stage.SetAloneAsync();
        var clears = new ManyClears(stage, "Wingtip", Clears);
        var random = new Random(20261127);
        var host = await StartAsync(stage);

        try
        {
            await clears.ProposeAsync(host.Origin);

            for (var kill = 1; kill <= Kills; kill++)
            {
                // A share of the work for each process, so that each is killed with some of it in hand: when all but so many are written.
                var approved = Clears * kill / (Kills + 1);
                await clears.ApproveAsync(host.Origin, approved);
                var unwritten = random.Next(1, 10);
                await Deadline.UntilAsync("most are written", () => clears.Writes >= approved - unwritten);
                host.Kill();
                await host.DisposeAsync();
                host = await StartAsync(stage);
            }

            await clears.ApproveAsync(host.Origin, Clears);
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
