using Reanchor.Contracts;

namespace Reanchor.UnitTests.Infra;

public sealed class BicepTests
{
    [Fact]
    public async Task Files_All_CompileWithoutErrorOrWarning()
    {
        var (exitCode, output) = await BicepCompiler.RunAsync(Repository.Path("infra"), [], "lint", "--pattern", "**/*.bicep*");

        Assert.Equal((0, ""), (exitCode, output));
    }
}
