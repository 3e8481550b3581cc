using System.Management.Automation.Language;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Contracts;
using Reanchor.Functions;

namespace Reanchor.UnitTests;

/// <summary>
/// Commands and code in the documents name routes, files, settings and options that exist. Those that can run on one machine are run
/// by Reanchor.IntegrationTests.Documents.
/// </summary>
public sealed partial class CommandTests
{
    private static readonly List<(string Method, string[] Segments)> Routes =
    [
        .. from type in typeof(Composition).Assembly.GetTypes()
           from method in type.GetMethods()
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger is not null
           from verb in trigger.Methods!
           select (verb.ToUpperInvariant(), trigger.Route!.Split('/')),
    ];

    public static TheoryData<string> Documents =>
        ["README.md", .. Directory.EnumerateFiles(Repository.Path("docs"), "*.md").Select(path => $"docs/{Path.GetFileName(path)}")];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Routes_InDocument_AreThoseOfTheFunctions(string document)
    {
        var code = string.Join('\n', Code(document)).Replace("\\\n", " ", StringComparison.Ordinal);

        Assert.All(Requests().Matches(code), request => Assert.True(
            Routes.Any(route => route.Method == Method(request) && Fits(route.Segments, request.Groups["path"].Value.Split('/'))), request.Value));
        Assert.All(Shortened().Matches(code), request => Assert.True(
            Routes.Any(route => route.Method == request.Groups["method"].Value && EndsAs(route.Segments, request.Groups["path"].Value.Split('/'))),
            request.Value));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Files_InDocument_Exist(string document) => Assert.All(
        Code(document).SelectMany(code => Files().Matches(code)).Where(file => !file.Value.Contains("/bin/", StringComparison.Ordinal)),
        file => Assert.True(Path.Exists(Repository.Path(file.Value.TrimEnd('.'))), file.Value));

    [Theory]
    [InlineData("docs/deploy.md")]
    [InlineData("docs/operations.md")]
    public void Settings_InDocument_AreThoseOfTheSettingsPage(string document)
    {
        var known = SettingNames().Matches(string.Join('\n', Code("docs/settings.md"))).Select(match => match.Value).ToHashSet();

        Assert.All(Code(document).SelectMany(code => SettingNames().Matches(code)), name => Assert.Contains(name.Value, known));
    }

    [Theory]
    [InlineData("docs/deploy.md")]
    [InlineData("docs/operations.md")]
    public void Options_OfSetupScript_AreItsParameters(string document)
    {
        var parameters = Parser.ParseFile(Repository.Path("infra/setup.ps1"), out _, out _).ParamBlock.Parameters
            .Select(parameter => parameter.Name.VariablePath.UserPath).ToList();
        var used = Code(document).SelectMany(code => SetupRuns().Matches(code)).SelectMany(run => Options().Matches(run.Value)).ToList();

        Assert.NotEmpty(used);
        Assert.All(used, option => Assert.Contains(option.Groups[1].Value, parameters));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void PowerShell_InDocument_HasNoSyntaxError(string document) => Assert.All(
        PowerShell().Matches(File.ReadAllText(Repository.Path(document))), block =>
        {
            Parser.ParseInput(block.Groups[1].Value, out _, out var errors);
            Assert.Empty(errors);
        });

    private static string Method(Match request) =>
        request.Groups["verb"].Success ? request.Groups["verb"].Value
        : request.Groups["body"].Success ? "POST"
        : "GET";

    private static bool Fits(string[] route, string[] path) =>
        route.Length == path.Length && route.Zip(path).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);

    private static bool EndsAs(string[] route, string[] path) =>
        route.Length >= path.Length && Fits(route[^path.Length..], path);

    /// <summary>What stands between backticks: blocks whole, and pieces of a line.</summary>
    private static IEnumerable<string> Code(string document)
    {
        var text = File.ReadAllText(Repository.Path(document));
        return Blocks().Matches(text).Select(match => match.Value).Concat(Spans().Matches(Blocks().Replace(text, "")).Select(match => match.Groups[1].Value));
    }

    [GeneratedRegex("^ *```.*?^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex("^ *```powershell\n(.*?)^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex PowerShell();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Spans();

    // One curl command up to the end of its line: the way, the address, and whether something is sent.
    [GeneratedRegex(@"curl (?:(?!\n)[^$])*?(?:-X (?<verb>[A-Z]+) )?""?\$API/api/(?<path>[\w/-]+)[^\n|]*?(?<body>(?<=\s)(?:-d|--data-binary) [^\n]*)?(?=\n|$|\|)")]
    private static partial Regex Requests();

    [GeneratedRegex(@"(?<method>GET|PUT|POST|DELETE) \.\.\./(?<path>[\w/-]+)")]
    private static partial Regex Shortened();

    [GeneratedRegex(@"(?<![\w./-])(?:src|tests|infra|docs)/[\w./-]+(?![\w*])")]
    private static partial Regex Files();

    [GeneratedRegex(@"\b[A-Z]\w+?__\w+")]
    private static partial Regex SettingNames();

    [GeneratedRegex(@"infra/setup\.ps1 [^\n]*")]
    private static partial Regex SetupRuns();

    [GeneratedRegex(@"(?<= )-(\w+)")]
    private static partial Regex Options();
}
