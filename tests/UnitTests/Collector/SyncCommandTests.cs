using Microsoft.Extensions.Options;
using Reanchor.Collector.Watching;

namespace Reanchor.UnitTests.Collector;

public sealed class SyncCommandTests
{
    [Fact]
    public async Task RunAsync_SecretsInTheEnvironment_AreNotPassedOn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It runs a shell.");
        const string Key = "REANCHOR_TEST_KEY";
        const string Password = "REANCHOR_TEST_PASSWORD";
        const string Other = "REANCHOR_TEST_OTHER";
        var command = new SyncCommand(
            Options.Create(new SyncOptions { Program = "/bin/sh", Arguments = ["-c", "env | grep REANCHOR_TEST_"] }),
            Options.Create(new ReanchorOptions { TokenVariable = Key }),
            Options.Create(new WatchedDirectoryOptions { PasswordVariable = Password }));

        foreach (var name in (string[])[Key, Password, Other])
        {
            Environment.SetEnvironmentVariable(name, "seen");
        }

        var result = await command.RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal($"{Other}=seen", result.Output);
    }
}
