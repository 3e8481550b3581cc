using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

public sealed class WalkthroughTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public async Task Walkthrough_AsTheReadmeSays_ExitsWithZeroAndTellsTheStory()
    {
        var (exitCode, output) = await LocalHostProcess.RunToEndAsync(["walkthrough", "--trace", _file]);

        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("WRONG", output, StringComparison.Ordinal);
        Assert.Contains("""{"onPremisesImmutableId":null}""", output, StringComparison.Ordinal);
        Assert.Contains("the new ImmutableID is the Base64 of the AD objectGUID", output, StringComparison.Ordinal);
        Assert.Contains("AnchorCleared", output, StringComparison.Ordinal);
        Assert.Contains("The story came out right", output, StringComparison.Ordinal);
        Assert.All(["StartScan", "ScanTenant", "ProposeClear", "ApplyClear", "VerifyClear", "RestoreAnchor"], name =>
            Assert.Contains(TraceLines.Read(_file), span => span.Name == name));
    }

    public void Dispose() => File.Delete(_file);
}
