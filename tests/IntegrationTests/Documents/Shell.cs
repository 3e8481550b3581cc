using System.Diagnostics;
using Reanchor.Collector.Commands;
using Xunit;

namespace Reanchor.IntegrationTests.Documents;

/// <summary>The bash of somebody who follows a document, in a folder of their own.</summary>
internal sealed class Shell(Uri origin) : IDisposable
{
    // An answer that is an error fails the command; nothing else about it is changed.
    private static readonly string Before = $$"""
        set -eo pipefail
        curl() { command curl -sS --fail-with-body "$@"; }
        reanchor-collector() { dotnet '{{typeof(CollectorCommand).Assembly.Location}}' "$@"; }

        """;

    public string Folder { get; } = Directory.CreateTempSubdirectory("reanchor-shell-").FullName;

    public static void SkipWhereThereIsNone() =>
        Assert.SkipUnless(File.Exists("/bin/bash") && File.Exists("/usr/bin/curl"), "There is no bash or no curl here.");

    /// <returns>What it printed.</returns>
    public async Task<string> RunAsync(string command, string token)
    {
        // The last line is for a command that gets a token.
        var start = new ProcessStartInfo("/bin/bash", ["-c", $"{Before}{command}\ntest \"$TOKEN\""])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["API"] = origin.GetLeftPart(UriPartial.Authority);
        start.Environment["TOKEN"] = token;
        start.Environment["NO_PROXY"] = "127.0.0.1";
        using var bash = Process.Start(start)!;
        var output = bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = bash.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(bash.ExitCode == 0, $"{command}{Environment.NewLine}{await errors}{await output}");
        return await output;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
