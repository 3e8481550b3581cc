using System.Diagnostics;
using Xunit;

namespace Reanchor.IntegrationTests;

/// <summary>Waits for a condition instead of for a time.</summary>
internal static class Deadline
{
    /// <summary>Generous: it only says when a test has failed, and machines differ.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromMinutes(2);

    public static Task UntilAsync(string what, Func<bool> condition) => UntilAsync(what, () => Task.FromResult(condition()));

    public static async Task UntilAsync(string what, Func<Task<bool>> condition, TimeSpan? limit = null)
    {
        var waited = Stopwatch.StartNew();
        var patience = limit ?? Default;

        while (!await condition())
        {
            Assert.True(waited.Elapsed < patience, $"Waited {patience.TotalSeconds} s in vain until {what}.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
