using System.Text.RegularExpressions;
using Reanchor.Adapters.Storage;
using Reanchor.Adapters.Tables;

namespace Reanchor.UnitTests;

public sealed partial class InfraTests
{
    [Fact]
    public void StorageBicep_Names_AreThoseOfTheCodeBothWays()
    {
        var bicep = File.ReadAllText(Repository.Path("infra/storage.bicep"));

        Assert.Equal(TableNames.All.Order(), List(bicep, "tables"));
        Assert.Equal(StorageSetup.Queues.Order(), List(bicep, "queues"));
        Assert.Equal(StorageSetup.Containers.Order(), List(bicep, "containers"));
    }

    private static IEnumerable<string> List(string bicep, string name) =>
        Quoted().Matches(Regex.Match(bicep, $@"var {name} = \[(.*?)\]", RegexOptions.Singleline).Groups[1].Value)
            .Select(m => m.Groups[1].Value)
            .Order();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();
}
