using Reanchor.Collector.Commands;
using Reanchor.Contracts;

namespace Reanchor.UnitTests.Collector;

/// <summary>The command line: what it refuses, and with which exit code. No run here gets as far as a network.</summary>
public sealed class CollectorCommandTests : IDisposable
{
    private const string Tenant = "00000000-0000-0000-0000-00000000000a";

    private readonly string _folder = Directory.CreateTempSubdirectory("reanchor-unit-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    private string Out => Path.Combine(_folder, "out.ndjson.gz");

    [Theory]
    [InlineData("--password", "secret")]
    [InlineData("--password=secret", null)]
    public async Task Export_PasswordOnCommandLine_IsRefused(string option, string? value)
    {
        var exitCode = await RunAsync(["export", "--server", "dc1", "--out", Out, "--user", "reader", option, .. value is null ? [] : new[] { value }]);

        AssertRefused(exitCode, "--password is refused: other users of this machine can read a command line.");
        Assert.DoesNotContain("secret", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_TokenOnCommandLine_IsRefused()
    {
        var exitCode = await RunAsync(
            ["upload", "--file", Out, "--url", "https://reanchor.example/api", "--tenant", Tenant, "--collector", "corp", "--token", "secret"]);

        AssertRefused(exitCode, "--token is refused");
    }

    [Theory]
    [InlineData("ldap://dc1", "Give the server's name only")]
    [InlineData("dc1:0", "A port is a number from 1 to 65535.")]
    [InlineData("dc1:x", "A port is a number from 1 to 65535.")]
    [InlineData("dc 1", "is not a server's name")]
    [InlineData("dc1:3269", "global catalog")]
    public async Task Export_UnusableServer_IsRefused(string server, string words)
    {
        var exitCode = await RunAsync(["export", "--server", server, "--out", Out]);

        AssertRefused(exitCode, words);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1001")]
    public async Task Export_PageSizeOutOfRange_IsRefused(string pageSize)
    {
        var exitCode = await RunAsync(["export", "--server", "dc1", "--out", Out, "--page-size", pageSize]);

        AssertRefused(exitCode, "--page-size must be 1 to 1000");
    }

    [Fact]
    public async Task Export_PasswordVariableNotSet_NamesIt()
    {
        var exitCode = await RunAsync(
            ["export", "--server", "dc1", "--out", Out, "--user", "reader", "--password-env", "REANCHOR_TEST_NOT_SET"]);

        AssertRefused(exitCode, "The environment variable REANCHOR_TEST_NOT_SET is not set.");
    }

    [Theory]
    [InlineData("\n", "is empty. Put the password into it.")]
    [InlineData(null, "could not be read")]
    public async Task Export_PasswordFileWithoutPassword_IsRefused(string? content, string words)
    {
        var file = Path.Combine(_folder, "password");

        if (content is not null)
        {
            SecretFile.Write(file, content);
        }

        var exitCode = await RunAsync(["export", "--server", "dc1", "--out", Out, "--user", "reader", "--password-file", file]);

        AssertRefused(exitCode, words);
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupRead | UnixFileMode.OtherRead)]
    public async Task Export_PasswordFileThatOthersCanRead_IsRefused(UnixFileMode tooMuch)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        var file = Path.Combine(_folder, "password");
        SecretFile.Write(file, "secret", tooMuch);

        var exitCode = await RunAsync(["export", "--server", "dc1", "--out", Out, "--user", "reader", "--password-file", file]);

        AssertRefused(exitCode, $"Every user of this machine can read the password in {file}. Run: chmod o-rwx {file}.");
    }

    [Fact]
    public async Task Export_PasswordFileThatAGroupCanRead_IsTaken()
    {
        var file = Path.Combine(_folder, "password");
        SecretFile.Write(file, "secret", UnixFileMode.GroupRead);

        var exitCode = await RunAsync(
            ["export", "--server", "dc1", "--out", Path.Combine(_folder, "no", "out.gz"), "--user", "reader", "--password-file", file]);

        AssertRefused(exitCode, "does not exist. Make it first");
    }

    [Fact]
    public async Task Export_PasswordWithoutUser_IsRefused()
    {
        var exitCode = await RunAsync(["export", "--server", "dc1", "--out", Out, "--password-env", "PATH"]);

        AssertRefused(exitCode, "Give --user");
    }

    [Fact]
    public async Task Export_CaFolderWithPlainLdap_IsRefused()
    {
        var exitCode = await RunAsync(["export", "--server", "dc1", "--out", Out, "--plain-ldap", "--ca-folder", _folder]);

        AssertRefused(exitCode, "do not go together");
    }

    [Fact]
    public async Task Export_FolderOfOutputMissing_IsRefused()
    {
        var exitCode = await RunAsync(["export", "--server", "dc1", "--out", Path.Combine(_folder, "no", "out.gz")]);

        AssertRefused(exitCode, "does not exist. Make it first");
    }

    [Theory]
    [InlineData("http://reanchor.example/api", Tenant, "corp", "must begin with https")]
    [InlineData("reanchor.example", Tenant, "corp", "is not Reanchor's address")]
    [InlineData("https://reanchor.example/api", "contoso", "corp", "is not a tenant's id")]
    [InlineData("https://reanchor.example/api", "00000000-0000-0000-0000-000000000000", "corp", "is not a tenant's id")]
    [InlineData("https://reanchor.example/api", Tenant, "Corp!", "is not a collector's id")]
    public async Task Upload_UnusableAddress_IsRefused(string url, string tenant, string collector, string words)
    {
        var exitCode = await RunAsync(["upload", "--file", Out, "--url", url, "--tenant", tenant, "--collector", collector, "--token-env", "PATH"]);

        AssertRefused(exitCode, words);
    }

    [Fact]
    public async Task Check_CompleteFile_ShowsItsFirstLines()
    {
        await File.WriteAllTextAsync(
            Out,
            """
            {"kind":"inventory","version":1,"forest":"corp.example","takenAt":"2026-01-02T03:04:05Z"}
            {"objectGuid":"6f9619ff-8b86-d011-b42d-00c04fc964ff","mail":"anna@corp.example"}
            {"kind":"end","count":1}
            """ + "\n",
            TestContext.Current.CancellationToken);

        var exitCode = await RunAsync(["check", "--file", Out]);

        Assert.Equal(0, exitCode);
        Assert.Contains("Forest corp.example, read at 2026-01-02 03:04:05 UTC, 1 accounts.", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"mail\":\"anna@corp.example\"", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("employeeID", "", "account has a customAnchor")]
    [InlineData("employeeID", ",\"customAnchor\":\"E1\"", "customAnchor is that of line 2 already")]
    [InlineData("ms-DS-ConsistencyGuid", ",\"consistencyGuid\":\"6f9619ff-8b86-d011-b42d-00c04fc96400\"", "is that of line 2 already")]
    public async Task Check_FileOfAnyAnchorAttribute_IsJudgedByIt(string attribute, string anchor, string words)
    {
        await File.WriteAllTextAsync(
            Out,
            $$"""
            {"kind":"inventory","version":1,"forest":"corp.example","takenAt":"2026-01-02T03:04:05Z","anchorAttribute":"{{attribute}}"}
            {"objectGuid":"6f9619ff-8b86-d011-b42d-00c04fc964ff"{{anchor}}}
            {"objectGuid":"6f9619ff-8b86-d011-b42d-00c04fc96401"{{anchor}}}
            {"kind":"end","count":2}
            """ + "\n",
            TestContext.Current.CancellationToken);

        var exitCode = await RunAsync(["check", "--file", Out]);

        AssertRefused(exitCode, words);
    }

    [Fact]
    public async Task Check_FileWithoutEndLine_IsRefusedWithTheReason()
    {
        await File.WriteAllTextAsync(
            Out,
            """{"kind":"inventory","version":1,"forest":"corp.example","takenAt":"2026-01-02T03:04:05Z"}""" + "\n",
            TestContext.Current.CancellationToken);

        var exitCode = await RunAsync(["check", "--file", Out]);

        AssertRefused(exitCode, "the inventory was cut off");
    }

    [Theory]
    [InlineData("""{"Directory":{"Servers":[]}}""", "Directory:Servers is empty. Set it to")]
    [InlineData("""{"Directory":{"Servers":["dc1"],"User":"reader"}}""", "PasswordFile and PasswordVariable belong together")]
    [InlineData("""{"Watch":{"Interval":"00:00:01"}}""", "Watch:Interval must be a minute or more")]
    [InlineData("""{"Watch":{"Interval":"often"}}""", "Watch:Interval")]
    [InlineData("""{"Sync":{"Arguments":["-c"]}}""", "Sync:Program is not set.")]
    [InlineData("""{"Directory":{"Forrest":"corp.example"}}""", "Directory:Forrest is not a setting. Use one of Servers,")]
    [InlineData("""{"Synch":{"Program":"/bin/sync"}}""", "'Synch' is not a section. Use one of Directory, Reanchor, Watch, Sync.")]
    [InlineData("{", "cannot be read")]
    public async Task Watch_WrongSettings_SaysWhatToSet(string settings, string words)
    {
        var file = Path.Combine(_folder, "collector.json");
        await File.WriteAllTextAsync(file, settings, TestContext.Current.CancellationToken);

        var exitCode = await RunAsync(["watch", "--settings", file]);

        AssertRefused(exitCode, words);
    }

    [Fact]
    public async Task Watch_SampleAsItComes_AsksForTheTenant()
    {
        var exitCode = await RunAsync(["watch", "--settings", Repository.Path("src/Collector/install/collector.sample.json")]);

        AssertRefused(exitCode, "Reanchor:Url, Tenant and Collector must be set: '00000000-0000-0000-0000-000000000000' is not a tenant's id.");
    }

    [Fact]
    public async Task Watch_SeveralWrongSettings_NamesEach()
    {
        var file = Path.Combine(_folder, "collector.json");
        await File.WriteAllTextAsync(file, """{"Directory":{"PageSize":0},"Watch":{"Interval":"00:00:01"}}""", TestContext.Current.CancellationToken);

        var exitCode = await RunAsync(["watch", "--settings", file]);

        AssertRefused(exitCode, $"{Environment.NewLine}Directory:PageSize must be 1 to 1000");
        AssertRefused(exitCode, $"{Environment.NewLine}Watch:Interval must be a minute or more");
    }

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<int> RunAsync(string[] arguments) => CollectorCommand.RunAsync(arguments, _output, _errors);

    private void AssertRefused(int exitCode, string words)
    {
        Assert.Contains(words, _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, exitCode);
        Assert.Empty(_output.ToString());
    }
}
