using Reanchor.IntegrationTests.Pipeline;
using Xunit;

namespace Reanchor.IntegrationTests.Crashes;

public sealed class OutageTests
{
    private static readonly int Clears = LongRun.IsOn ? 200 : 60;
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(LongRun.IsOn ? 60 : 10);

    /// <summary>Requests under way are carried out and their answers lost; later ones find nobody there.</summary>
    [Fact]
    public async Task Clears_StorageGoneInTheMiddle_EachIsMadeOnce()
    {
        await using var stage = await Stage.SetAloneAsync();
        await using var relay = await Relay.StartAsync(stage.Storage, stage.Graph);
        var clears = new ManyClears(stage, "Proseware", Clears);
        await using var host = await LocalHostProcess.StartAsync(
            relay.Storage, stage.Graph, [.. ManyClears.Settings, ("MaintenanceSchedule", "*/10 * * * * *")]);
        await clears.ProposeAsync(host.Origin);
        await clears.ApproveAsync(host.Origin, Clears);
        await Deadline.UntilAsync("some are cleared", () => clears.Writes > 5);

        relay.IsDown = true;
        Assert.False(clears.AreDone);
        await Task.Delay(Outage, TestContext.Current.CancellationToken);
        relay.IsDown = false;

        await clears.AssertEachClearedOnceAsync(host.Origin);
        Assert.True(relay.Missed > 0, "Nothing was asked of storage while it was gone.");

        // A short outage is bridged by the storage client itself.
        if (LongRun.IsOn)
        {
            Assert.Contains("Queue storage does not answer", host.Output, StringComparison.Ordinal);

            // Once every queue has been reached; that of the clears may be the first.
            await Deadline.UntilAsync(
                "the end of the outage is told", () => host.Output.Contains("Queue storage answers again", StringComparison.Ordinal));
        }
    }
}
