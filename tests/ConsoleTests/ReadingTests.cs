using Xunit;

namespace Reanchor.ConsoleTests;

/// <summary>When the page reads again, in the page itself.</summary>
public sealed class ReadingTests(SeededConsole console) : BrowserTests
{
    /// <summary>A reading whose reads end when told to: in <c>reads</c> each has what ends it.</summary>
    private const string Given = """
        const { Reading } = await import('/api/console/reading.js');
        const reads = [];
        const reading = new Reading(() => new Promise(resolve => reads.push(resolve)), { every: 50 });
        """;

    [Fact]
    public async Task Again_WhileAReadIsUnderWay_ReadsOnceMoreAfterIt()
    {
        await using var visit = await console.SignInAsync("Olga", ["Operate"]);

        var (seen, count) = await PlayAsync(visit, """
            const written = Promise.all([reading.again(), reading.again()]);
            reads[0]('before the write');
            await reading.first;
            await null;
            reads[1]('after the write');
            await written;
            """);

        Assert.Equal("after the write", seen);
        Assert.Equal(2, count);
    }

    [Fact]
    public async Task Page_HiddenForAWhile_ReadsAgainWhenItIsSeen()
    {
        await using var visit = await console.SignInAsync("Olga", ["Operate"]);

        var (seen, count) = await PlayAsync(visit, """
            let hidden = true;
            Object.defineProperty(document, 'hidden', { get: () => hidden });
            reads[0]('before');
            await new Promise(resolve => setTimeout(resolve, 200));
            if (reads.length > 1) return ['was read though hidden', reads.length];
            hidden = false;
            document.dispatchEvent(new Event('visibilitychange'));
            await null;
            reads[1]?.('seen');
            await new Promise(resolve => setTimeout(resolve));
            """);

        Assert.Equal("seen", seen);
        Assert.Equal(2, count);
    }

    private static async Task<(string? Value, int Reads)> PlayAsync(Visit visit, string script)
    {
        var result = await visit.Page.EvaluateAsync<object[]>($"async () => {{ {Given} {script} reading.close(); return [reading.value, reads.length]; }}");
        return ((string?)result[0], Convert.ToInt32(result[1], System.Globalization.CultureInfo.InvariantCulture));
    }
}
