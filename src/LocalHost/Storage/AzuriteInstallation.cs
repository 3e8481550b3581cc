using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Reanchor.LocalHost.Storage;

/// <summary>
/// Azurite in a folder of the user's own, one per version, shared by every clone. The version and every dependency's
/// hash are pinned by the package-lock.json beside this code.
/// </summary>
internal sealed class AzuriteInstallation(string installFolder, Action<string> progress)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromHours(6);

    /// <summary>Where the pinned package files and run.mjs are copied by the build.</summary>
    public static string PackageFolder { get; } = Path.Combine(AppContext.BaseDirectory, "Storage", "azurite");

    public string Npm { get; init; } = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

    /// <exception cref="StartRefusedException">This user has no folder of its own.</exception>
    public static string DefaultFolder() =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create) is { Length: > 0 } own
            ? Path.Combine(own, "Reanchor")
            : throw new StartRefusedException("There is no place to install the storage emulator: this user has no home folder. Set HOME, or name running storage with --storage.");

    /// <summary>Installs the pinned version unless it is there.</summary>
    /// <returns>The path of azurite.js.</returns>
    /// <exception cref="StartRefusedException">npm is missing or failed.</exception>
    public async Task<string> EnsureAsync(CancellationToken cancellationToken)
    {
        var version = PinnedVersion();
        var target = Path.Combine(installFolder, $"azurite-{version}");
        var script = Path.Combine(target, "node_modules", "azurite", "dist", "src", "azurite.js");

        if (!File.Exists(script))
        {
            await InstallAsync(version, target, cancellationToken);
        }

        return File.Exists(script)
            ? script
            : throw new StartRefusedException($"{target} holds no Azurite. Delete that folder and start again.");
    }

    private async Task InstallAsync(string version, string target, CancellationToken cancellationToken)
    {
        progress($"Installing the storage emulator Azurite {version} with npm into {target} (first use only, about 360 MB).");
        Directory.CreateDirectory(installFolder);
        DeleteAbandoned();

        // A folder of its own and a rename at the end: no half-made installation is ever seen, however many processes install at once.
        var work = Path.Combine(installFolder, $".installing-{Guid.NewGuid():N}");
        Directory.CreateDirectory(work);

        try
        {
            foreach (var name in (string[])["package.json", "package-lock.json"])
            {
                File.Copy(Path.Combine(PackageFolder, name), Path.Combine(work, name));
            }

            await RunNpmAsync(work, cancellationToken);
            Publish(work, target);
            progress($"Azurite {version} is installed.");
        }
        finally
        {
            TryDelete(work);
        }
    }

    private async Task RunNpmAsync(string work, CancellationToken cancellationToken)
    {
        // Install scripts are other people's code run as this user, and Azurite needs none.
        var startInfo = NodeCommand.StartInfo(Npm, ["ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]);
        startInfo.WorkingDirectory = work;
        var output = new OutputTail();
        var elapsed = Stopwatch.StartNew();
        var running = NodeCommand.RunAsync(startInfo, output, cancellationToken);

        while (await Task.WhenAny(running, Task.Delay(ProgressInterval, cancellationToken)) != running && !cancellationToken.IsCancellationRequested)
        {
            progress(string.Create(CultureInfo.InvariantCulture, $"Still installing Azurite ({elapsed.Elapsed.TotalSeconds:F0} s)."));
        }

        if (await running is var exitCode and not 0)
        {
            throw new StartRefusedException(
                $"npm could not install Azurite (exit code {exitCode}). Check that npm can reach its registry, or name running storage with --storage. npm said:{Environment.NewLine}{output}");
        }
    }

    private static void Publish(string work, string target)
    {
        try
        {
            Directory.Move(work, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            // Another process was faster, and what it installed is the same.
        }
    }

    private void DeleteAbandoned()
    {
        foreach (var folder in new DirectoryInfo(installFolder).EnumerateDirectories(".installing-*"))
        {
            if (DateTime.UtcNow - folder.LastWriteTimeUtc > AbandonedAfter)
            {
                TryDelete(folder.FullName);
            }
        }
    }

    // What cannot be deleted now is deleted by a later installation; it is no reason to fail this one.
    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static string PinnedVersion()
    {
        using var package = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(PackageFolder, "package.json")));
        return package.RootElement.GetProperty("dependencies").GetProperty("azurite").GetString()!;
    }
}
