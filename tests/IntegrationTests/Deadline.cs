using System.Diagnostics;
using Xunit;

namespace Reanchor.IntegrationTests;

/// <summary>Waits for a condition instead of for a time.</summary>
internal static class Deadline
{
    /// <summary>Generous: it only says when a test has failed, and machines differ.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromMinutes(2);

    // A look often is a request to a process that has work to do.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Without one more for so long, nothing is going on any more.</summary>
    private static readonly TimeSpan Stalled = TimeSpan.FromMinutes(5);

    public static Task UntilAsync(string what, Func<bool> condition) =>
        UntilAsync(what, () => Task.FromResult(condition()), Default, ShortestPause);

    public static Task UntilAsync(string what, Func<Task<bool>> condition, TimeSpan? limit = null) =>
        UntilAsync(what, condition, limit ?? Default, LongestPause);

    /// <summary>For work of many pieces: waits for as long as it gets on, so a slow machine fails nothing.</summary>
    public static async Task UntilCountAsync(string what, int wanted, Func<Task<int>> count)
    {
        var sinceLast = Stopwatch.StartNew();
        var done = 0;

        while (done < wanted)
        {
            await Task.Delay(500, TestContext.Current.CancellationToken);
            var before = done;
            done = await count();

            if (done > before)
            {
                sinceLast.Restart();
            }

            Assert.True(sinceLast.Elapsed < Stalled, $"Waited in vain until {what}: {done} of {wanted}, and no more for {Stalled.TotalSeconds} s.");
        }
    }

    private static async Task UntilAsync(string what, Func<Task<bool>> condition, TimeSpan limit, TimeSpan longestPause)
    {
        var waited = Stopwatch.StartNew();

        for (var pause = ShortestPause; !await condition(); pause = pause * 2 > longestPause ? longestPause : pause * 2)
        {
            Assert.True(waited.Elapsed < limit, $"Waited {limit.TotalSeconds} s in vain until {what}.");
            await Task.Delay(pause, TestContext.Current.CancellationToken);
        }
    }
}
