using System.Diagnostics;
using System.Text.Json;
using Reanchor.Contracts;

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
    /// <summary>
    /// Of the files at the root, a publish carries host.json and leaves the settings of this machine, with their secrets, behind. Asked of
    /// MSBuild about a copy of the project that has both files beside it.
    /// </summary>
    [Fact]
    public async Task Publish_FilesOfTheRoot_AreHostJsonAlone()
    {
        var root = Directory.CreateTempSubdirectory("reanchor-publish-");

        try
        {
            var project = root.CreateSubdirectory("src/Functions").FullName;

            foreach (var file in Directory.EnumerateFiles(Repository.Path("src/Functions"), "*.*proj")
                .Concat(Directory.EnumerateFiles(Repository.Path("src/Functions"), "FunctionsWorker.*"))
                .Append(Repository.Path("src/Functions/Console.targets")))
            {
                File.Copy(file, Path.Combine(project, Path.GetFileName(file)));
            }

            foreach (var file in (string[])["Directory.Build.props", "Directory.Packages.props", "global.json", "host.json"])
            {
                File.Copy(Repository.Path(file), Path.Combine(root.FullName, file));
            }

            await File.WriteAllTextAsync(Path.Combine(root.FullName, "local.settings.json"), "{}", TestContext.Current.CancellationToken);

            using var msbuild = Process.Start(new ProcessStartInfo(
                "dotnet", ["msbuild", "Functions.csproj", "-getItem:None", "-p:FunctionsWorker=stand-ins", "-nodeReuse:false"])
            {
                WorkingDirectory = project,
                RedirectStandardOutput = true,
            })!;
            using var answer = JsonDocument.Parse(await msbuild.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
            var linked = answer.RootElement.GetProperty("Items").GetProperty("None").EnumerateArray()
                .Where(item => item.TryGetProperty("Link", out _))
                .Select(item => (item.GetProperty("Link").GetString(), item.GetProperty("CopyToPublishDirectory").GetString()));

            Assert.Equal([("host.json", "PreserveNewest"), ("local.settings.json", "Never")], linked);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }
}
