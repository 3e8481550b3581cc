using Reanchor.Contracts;
using Xunit;

namespace Reanchor.UnitTests.Scanning;

public sealed class ClassificationDocumentTests
{
    private const string WriteSwitch = "REANCHOR_WRITE_DOCUMENTS";

    [Fact]
    public void Document_OfClassifications_IsWhatTheTableSays()
    {
        var path = Repository.Path("docs/classification.md");
        var printed = ClassificationDocument.Print();

        if (Environment.GetEnvironmentVariable(WriteSwitch) == "1")
        {
            File.WriteAllText(path, printed);
        }

        Assert.True(
            File.Exists(path) && File.ReadAllText(path).ReplaceLineEndings("\n") == printed,
            $"docs/classification.md is not what the classifier does. Run the unit tests once with {WriteSwitch}=1 and commit the page.");
    }
}
