namespace Reanchor.UnitTests;

public sealed class FunctionsOutputTests
{
    private static readonly string Output = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>Without it the Functions host falls back to its defaults in silence: another route prefix, other queue settings.</summary>
    [Theory]
    [InlineData("Functions")]
    [InlineData("LocalHost")]
    public void BuiltOutput_HostJson_IsTheOneAtTheRoot(string project)
    {
        var built = Repository.Path($"src/{project}/bin/{Output}/net10.0/host.json");

        Assert.Equal(File.ReadAllText(Repository.Path("host.json")), File.ReadAllText(built));
    }
}
