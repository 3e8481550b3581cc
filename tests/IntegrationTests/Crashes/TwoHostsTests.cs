using System.Text.RegularExpressions;
using Reanchor.GraphSimulator;
using Reanchor.IntegrationTests.Pipeline;
using Xunit;

namespace Reanchor.IntegrationTests.Crashes;

public sealed class TwoHostsTests
{
    private const int Clears = 40;

    [Fact]
    public async Task Clears_TwoProcessesOnOneStorage_ShareTheWorkAndClearEachOnce()
    {
        await using var stage = await Stage.SetAloneAsync();
        var clears = new ManyClears(stage, "Adatum", Clears);

        // Long enough for the second one to look at the queue before the first one is through with it.
        stage.Cloud.Faults.Add(new() { Kind = FaultKind.Delay, Method = "PATCH", Delay = TimeSpan.FromSeconds(1) });
        // Nobody dies here, so a claim may last as long as it takes a slow machine to hear Graph's answer.
        (string, string)[] settings = [.. ManyClears.Settings, ("Reanchor__ClaimDuration", "00:03:00")];
        await using var one = await LocalHostProcess.StartAsync(stage.Storage, stage.Graph, settings);
        await using var other = await LocalHostProcess.StartAsync(stage.Storage, stage.Graph, settings);

        await clears.ProposeAsync(one.Origin);
        await clears.ApproveAsync(one.Origin, Clears);
        await clears.AssertEachClearedOnceAsync(other.Origin);

        Assert.All([one, other], host => Assert.Matches(new Regex(@"Clear of \S+ in tenant \S+: Cleared"), host.Output));
    }
}
