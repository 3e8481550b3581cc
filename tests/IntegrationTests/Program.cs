using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Reanchor.IntegrationTests;

/// <summary>Runs the tests; or, started by a test as <c>role NAME ...</c>, is the process which that test kills.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        ["role", var role, .. var rest] => ChildRole.RunAsync(role, rest),
        _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
            TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => ConsoleRunner.Run(args),
    };
}
