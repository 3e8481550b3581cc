using System.Text.RegularExpressions;
using Reanchor.Contracts;
using YamlDotNet.RepresentationModel;

namespace Reanchor.UnitTests.Infra;

public sealed partial class WorkflowTests
{
    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Repository.Path(".github/workflows")).Select(Path.GetFileName).OfType<string>()];

    [Theory]
    [MemberData(nameof(Files))]
    public void Actions_OfWorkflow_ArePinnedByCommit(string file)
    {
        var used = Values(Read(file), "uses").ToList();

        Assert.NotEmpty(used);
        Assert.All(used, action => Assert.Matches(PinnedAction(), action));
    }

    /// <summary>A token that no step needs is a token that a compromised package can take.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Permissions_OfWorkflow_AreToReadButForTheJobThatReleases(string file)
    {
        var workflow = Read(file);

        Assert.Equal("{ { contents, read } }", $"{workflow.Children["permissions"]}");
        Assert.All(Jobs(workflow), job => Assert.Equal(
            job.Name == "release" ? "{ { contents, write } }" : "none of its own",
            job.Steps.Children.TryGetValue("permissions", out var own) ? $"{own}" : "none of its own"));
        Assert.Equal(
            Values(workflow, "uses").Count(action => action.StartsWith("actions/checkout@", StringComparison.Ordinal)),
            Values(workflow, "persist-credentials").Count(value => value == "false"));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Jobs_OfWorkflow_EndByThemselves(string file) => Assert.All(
        Jobs(Read(file)), job => Assert.True(job.Steps.Children.ContainsKey("timeout-minutes"), job.Name));

    [Theory]
    [MemberData(nameof(Files))]
    public void Commands_OfWorkflow_NameWhatIsThere(string file)
    {
        var paths = Values(Read(file), "run").SelectMany(script => Paths().Matches(script)).Select(match => match.Value).ToList();

        Assert.NotEmpty(paths);
        Assert.All(paths, path => Assert.True(Path.Exists(Repository.Path(path)), path));
    }

    /// <summary>The long forms of the tests take hours: too long for each change, and of no use if nobody runs them.</summary>
    [Fact]
    public void LongTests_OfWorkflow_RunWeekly()
    {
        var weekly = Read("weekly.yml");

        Assert.Matches("^0 [0-9]+ \\* \\* [0-6]$", Assert.Single(Values(weekly, "cron")));
        Assert.Contains(Values(weekly, "run"), run => run.EndsWith("tests/run.sh --long", StringComparison.Ordinal));
    }

    [Fact]
    public void Publish_OfDeployDocument_IsWhatTheWorkflowRuns() => Assert.Contains(
        File.ReadLines(Repository.Path("docs/deploy.md")).Single(line => line.StartsWith("dotnet publish ", StringComparison.Ordinal)),
        Values(Read("ci.yml"), "run"));

    private static YamlMappingNode Read(string file)
    {
        using var text = File.OpenText(Repository.Path($".github/workflows/{file}"));
        var yaml = new YamlStream();
        yaml.Load(text);
        return (YamlMappingNode)Assert.Single(yaml.Documents).RootNode;
    }

    private static IEnumerable<(string Name, YamlMappingNode Steps)> Jobs(YamlMappingNode workflow) =>
        ((YamlMappingNode)workflow.Children["jobs"]).Children.Select(job => ($"{job.Key}", (YamlMappingNode)job.Value));

    private static IEnumerable<string> Values(YamlNode workflow, string key) => workflow.AllNodes.OfType<YamlMappingNode>()
        .Where(node => node.Children.ContainsKey(key))
        .Select(node => $"{node.Children[key]}");

    [GeneratedRegex("^[-a-z]+/[-a-z]+@[0-9a-f]{40}$")]
    private static partial Regex PinnedAction();

    // Files and folders of the repository; what a build makes is under out/ and bin/.
    [GeneratedRegex(@"\b(src|tests|infra|docs)/[\w./-]+?(?=[\s""']|/bin/|$)")]
    private static partial Regex Paths();
}
