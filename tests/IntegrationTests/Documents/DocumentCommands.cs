using System.Text.RegularExpressions;
using Reanchor.Contracts;

namespace Reanchor.IntegrationTests.Documents;

/// <summary>What the documents have their readers type in a shell.</summary>
internal static partial class DocumentCommands
{
    public static IEnumerable<string> Documents => Directory.EnumerateFiles(Repository.Path("docs"), "*.md")
        .Select(path => $"docs/{Path.GetFileName(path)}")
        .Order(StringComparer.Ordinal)
        .Prepend("README.md");

    /// <summary>From the top to the end: each line of a block, continued lines put together, and what begins with a program within a sentence.</summary>
    public static IEnumerable<string> Of(string document) =>
        Code().Matches(File.ReadAllText(Repository.Path(document))).SelectMany(code =>
            code.Groups["span"].Success ? Program().IsMatch(code.Groups["span"].Value) ? [code.Groups["span"].Value] : []
            : code.Groups["language"].Length > 0 ? []
            : Lines(code.Groups["block"].Value));

    private static IEnumerable<string> Lines(string block) => block
        .Replace("\\\n", " ", StringComparison.Ordinal)
        .Replace("|\n", "| ", StringComparison.Ordinal)
        .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Where(line => !line.StartsWith('#'));

    // A block with a language is none of a shell.
    [GeneratedRegex("^ *```(?<language>\\w*)\n(?<block>.*?)^ *```|`(?<span>[^`]+)`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^(curl|az|pwsh|dotnet|openssl|reanchor-collector|tests/run\.sh) ")]
    private static partial Regex Program();
}
