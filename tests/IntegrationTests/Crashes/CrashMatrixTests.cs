using System.Collections.Concurrent;
using Xunit;

namespace Reanchor.IntegrationTests.Crashes;

/// <summary>The whole story, once for every write in it, and each time something goes wrong at that write.</summary>
public sealed class CrashMatrixTests(ITestOutputHelper output)
{
    private const int SideBySide = 4;

    [Fact]
    public async Task Story_SomethingGoesWrongAtAnyWrite_EndsAsIfNothingHadHappened()
    {
        var hosts = new ConcurrentQueue<RelayedHost>();
        var failures = new ConcurrentQueue<string>();

        try
        {
            var undisturbed = PlayUndisturbedAsync();
            await Task.WhenAll(Enumerable.Range(0, SideBySide).Select(async _ => hosts.Enqueue(await RelayedHost.StartAsync())));
            var steps = await undisturbed;
            var strikes = StepSelection.Of(steps).ToList();
            var toCome = new ConcurrentQueue<(int Number, Strike Strike)>(strikes.Select((strike, i) => (i + 1, strike)));
            output.WriteLine($"{steps.Count} writes, {strikes.Count} runs: {string.Join("; ", steps)}");
            Assert.Empty(StepSelection.Expected.SelectMany(command => command.Steps).Except(steps));

            await Task.WhenAll(hosts.Select(async host =>
            {
                while (toCome.TryDequeue(out var next))
                {
                    try
                    {
                        await PlayAsync(host, next.Number, next.Strike);
                        Assert.True(next.Strike.HasStruck || !StepSelection.IsCertain(next.Strike.Step), "The story did not come by there.");
                        output.WriteLine($"{next.Number}. {next.Strike}{(next.Strike.HasStruck ? "" : ": not come by")}");
                    }
                    catch (Exception ex) when (ex is not OperationCanceledException)
                    {
                        failures.Enqueue($"{next.Strike}: {ex.Message}{Environment.NewLine}{host.Output}");
                        output.WriteLine($"{next.Number}. {next.Strike}: {ex.Message}");
                    }
                }
            }));

            foreach (var (command, named) in StepSelection.Expected)
            {
                var struck = strikes.Where(strike => strike.HasStruck && named.Contains(strike.Step)).CountBy(strike => strike.Kind);
                output.WriteLine($"{command}, {named.Length} writes: {string.Join(", ", struck.Select(kind => $"{kind.Key} at {kind.Value}"))}");
            }
        }
        finally
        {
            await Task.WhenAll(hosts.Select(async host => await host.DisposeAsync()));
        }

        Assert.True(failures.IsEmpty, string.Join(Environment.NewLine, failures));
    }

    /// <summary>With claims that last, so that a slow machine takes no turn of its own that the other runs need not take.</summary>
    private static async Task<IReadOnlyList<string>> PlayUndisturbedAsync()
    {
        await using var host = await RelayedHost.StartAsync(("Reanchor__ClaimDuration", "00:03:00"));

        try
        {
            return await PlayAsync(host, 0, null);
        }
        catch (Exception ex) when (ex is not OperationCanceledException)
        {
            throw new InvalidOperationException(host.Output, ex);
        }
    }

    private static async Task<IReadOnlyList<string>> PlayAsync(RelayedHost host, int number, Strike? strike)
    {
        var story = await Story.PrepareAsync(host, $"Story{number}");
        var steps = await story.PlayAsync(strike);
        await story.CloseAsync();
        return steps;
    }
}
