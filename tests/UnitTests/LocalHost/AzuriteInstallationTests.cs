using System.Collections.Concurrent;
using Reanchor.LocalHost;
using Reanchor.LocalHost.Storage;
using Xunit;

namespace Reanchor.UnitTests.LocalHost;

public sealed class AzuriteInstallationTests : IDisposable
{
    private const string Installs = "sleep 0.2; mkdir -p node_modules/azurite/dist/src && cp package-lock.json node_modules/azurite/dist/src/azurite.js";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("reanchor-install-");
    private readonly ConcurrentQueue<string> _progress = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string InstallFolder => Path.Combine(_folder.FullName, "installed");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task EnsureAsync_FirstUse_InstallsThePinnedPackagesOnce()
    {
        var installation = new AzuriteInstallation(InstallFolder, _progress.Enqueue) { Npm = FakeNpm($"echo \"$@\" >> {_folder.FullName}/calls; {Installs}") };

        var first = await installation.EnsureAsync(Cancellation);
        var second = await installation.EnsureAsync(Cancellation);

        Assert.Equal(first, second);
        Assert.Equal(File.ReadAllText(Path.Combine(AzuriteInstallation.PackageFolder, "package-lock.json")), File.ReadAllText(first));
        Assert.StartsWith("ci --ignore-scripts", Assert.Single(File.ReadAllLines(Path.Combine(_folder.FullName, "calls"))), StringComparison.Ordinal);
        Assert.Contains("Azurite 3.37.0", _progress.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnsureAsync_TwoAtOnce_BothUseTheSameWholeInstallation()
    {
        var npm = FakeNpm(Installs);

        var scripts = await Task.WhenAll(Enumerable.Range(0, 4).Select(
            _ => new AzuriteInstallation(InstallFolder, _progress.Enqueue) { Npm = npm }.EnsureAsync(Cancellation)));

        Assert.Single(scripts.Distinct());
        Assert.Equal("azurite-3.37.0", Assert.Single(new DirectoryInfo(InstallFolder).GetDirectories()).Name);
    }

    [Fact]
    public async Task EnsureAsync_NpmFails_ShowsItsLastLinesAndLeavesNothingBehind()
    {
        var installation = new AzuriteInstallation(InstallFolder, _progress.Enqueue) { Npm = FakeNpm("echo 'npm error network unreachable' >&2; exit 7") };

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => installation.EnsureAsync(Cancellation));

        Assert.Contains("exit code 7", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("npm error network unreachable", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(new DirectoryInfo(InstallFolder).GetDirectories());
    }

    [Fact]
    public async Task EnsureAsync_Cancelled_LeavesNothingBehind()
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var installation = new AzuriteInstallation(InstallFolder, _ => cancelled.Cancel()) { Npm = FakeNpm("sleep 60") };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => installation.EnsureAsync(cancelled.Token));

        Assert.Empty(new DirectoryInfo(InstallFolder).GetDirectories());
    }

    [Fact]
    public async Task EnsureAsync_NoNpm_SaysWhatToInstall()
    {
        var installation = new AzuriteInstallation(InstallFolder, _progress.Enqueue) { Npm = Path.Combine(_folder.FullName, "npm") };

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => installation.EnsureAsync(Cancellation));

        Assert.Contains("Node.js 20 or later is needed for the storage emulator", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo v18.19.0", "answered 'v18.19.0'")]
    [InlineData("echo nonsense", "answered 'nonsense'")]
    public async Task RequireNodeAsync_OldNode_SaysWhichIsNeeded(string script, string expected)
    {
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => NodeCommand.RequireNodeAsync(FakeNpm(script), Cancellation));

        Assert.Contains("Node.js 20 or later is needed", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    private string FakeNpm(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for npm is a shell script.");
        var path = Path.Combine(_folder.FullName, "fake-npm");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return path;
    }
}
