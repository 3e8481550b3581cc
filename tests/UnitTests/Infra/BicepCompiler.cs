using System.Diagnostics;
using System.Reflection;

namespace Reanchor.UnitTests.Infra;

/// <summary>The bicep compiler, from its package.</summary>
internal static class BicepCompiler
{
    /// <summary>What setup.ps1 puts into the environment for main.*.bicepparam.</summary>
    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["REANCHOR_API_CLIENT_ID"] = "11111111-1111-1111-1111-111111111111",
        ["REANCHOR_GRAPH_CLIENT_ID"] = "22222222-2222-2222-2222-222222222222",
        ["REANCHOR_GRAPH_WRITER_CLIENT_ID"] = "77777777-7777-7777-7777-777777777777",
        ["REANCHOR_FIRST_ADMINISTRATORS"] = "88888888-8888-8888-8888-888888888888",
        ["REANCHOR_OPS_EMAIL"] = "operators@example.com",
        ["REANCHOR_APPROVALS_AUDIENCE"] = "api://66666666-6666-6666-6666-666666666666",
        ["REANCHOR_BUDGET_START"] = "2026-03-01",
    };

    private static readonly string? Program = typeof(BicepCompiler).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().SingleOrDefault(data => data.Key == "BicepPath")?.Value;

    /// <summary>Skips the test where there is no package for the machine.</summary>
    /// <param name="more">Parameters beyond those that every deployment has.</param>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string folder, IEnumerable<(string Name, string Value)> more, params string[] arguments)
    {
        Assert.SkipWhen(Program is null, "There is no package with the bicep compiler for this kind of machine.");
        var start = new ProcessStartInfo(Program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        foreach (var (name, value) in Parameters.Select(pair => (pair.Key, pair.Value)).Concat(more))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
