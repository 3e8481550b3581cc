using System.Text.Json;
using System.Text.RegularExpressions;
using Reanchor.Contracts;

namespace Reanchor.UnitTests.Infra;

/// <summary>
/// What a deployment with infra/main.prod.bicepparam would make: every resource of every module, loops and parameters worked out.
/// What only Azure can know stays an expression in brackets.
/// </summary>
internal sealed partial class Deployment
{
    private static readonly Lazy<Task<Deployment>> WithWorkflow = new(() => CompileAsync("approvers@example.com"));
    private static readonly Lazy<Task<Deployment>> WithoutWorkflow = new(() => CompileAsync(""));

    private Deployment(IReadOnlyList<JsonElement> resources) => Resources = resources;

    public IReadOnlyList<JsonElement> Resources { get; }

    /// <summary>App settings by name.</summary>
    public IReadOnlyDictionary<string, string> Settings => Resources
        .Single(resource => Name(resource).EndsWith("/appsettings", StringComparison.Ordinal)).GetProperty("properties")
        .EnumerateObject().ToDictionary(setting => setting.Name, setting => setting.Value.GetString()!);

    /// <param name="workflow">With the workflow that asks for approvals by mail.</param>
    public static Task<Deployment> ReadAsync(bool workflow = true) => (workflow ? WithWorkflow : WithoutWorkflow).Value;

    public IEnumerable<JsonElement> OfType(string type) => Resources.Where(resource => resource.GetProperty("type").GetString() == type);

    /// <summary>Last parts of the names of what is in the account that holds Reanchor's data, not the host's.</summary>
    public IEnumerable<string> InDataAccount(string type) => OfType($"Microsoft.Storage/storageAccounts/{type}")
        .Select(Name)
        .Where(name => !name.StartsWith(Settings["AzureWebJobsStorage__accountName"], StringComparison.Ordinal))
        .Select(name => name.Split('/')[^1]);

    public static string Name(JsonElement resource) => resource.GetProperty("name").GetString()!;

    /// <summary>Such as <c>no-scan</c>.</summary>
    public static string AlertName(JsonElement alert) => alert.GetProperty("properties").GetProperty("description").GetString()!.Split('#')[^1];

    /// <summary>The id of the resource that a role assignment is for.</summary>
    public static string Scope(JsonElement assignment) => ScopeOf().Match(assignment.GetProperty("id").GetString()!).Groups["scope"].Value;

    private static async Task<Deployment> CompileAsync(string approvers)
    {
        // The compiler writes its answer beside its question.
        var folder = Directory.CreateTempSubdirectory("reanchor-bicep-");

        try
        {
            foreach (var file in Directory.EnumerateFiles(Repository.Path("infra"), "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(folder.FullName, Path.GetRelativePath(Repository.Path("infra"), file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }

            var (exitCode, output) = await BicepCompiler.RunAsync(
                folder.FullName,
                [("REANCHOR_APPROVERS", approvers)],
                "snapshot", "main.prod.bicepparam", "--mode", "overwrite", "--location", "westeurope", "--resource-group", "reanchor",
                "--subscription-id", "33333333-3333-3333-3333-333333333333", "--tenant-id", "44444444-4444-4444-4444-444444444444");
            Assert.True(exitCode == 0, output);

            using var snapshot = JsonDocument.Parse(
                await File.ReadAllTextAsync(Path.Combine(folder.FullName, "main.prod.snapshot.json")));
            return new([.. snapshot.RootElement.GetProperty("predictedResources").EnumerateArray().Select(r => r.Clone())]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"^(\[extensionResourceId\('(?<scope>[^']+)'|(?<scope>.*?)/providers/Microsoft\.Authorization/roleAssignments/[-\w]+$)")]
    private static partial Regex ScopeOf();
}
