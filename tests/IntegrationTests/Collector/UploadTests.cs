using System.Globalization;
using Xunit;

namespace Reanchor.IntegrationTests.Collector;

/// <summary>What the collector sends, and what it says when it is refused.</summary>
public sealed class UploadTests : IDisposable
{
    private readonly CollectorRun _run = new();

    [Fact]
    public async Task Upload_GoodFile_ArrivesLetterByLetter()
    {
        await using var reanchor = await FakeReanchor.StartAsync();
        var text = await GivenFileAsync();

        var exitCode = await UploadAsync(reanchor.Url);

        Assert.True(exitCode == 0, _run.Errors);
        Assert.Equal(text, Assert.Single(reanchor.Uploads));
        Assert.Contains("Reanchor took the inventory of corp.example: 1 accounts", _run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_Refused_ShowsEveryProblem()
    {
        await using var reanchor = await FakeReanchor.StartAsync();
        reanchor.Refusal = (422, """{"detail":"Nothing of the upload was kept.","errors":[{"detail":"is odd","line":7},{"detail":"It shrank."}]}""");
        await GivenFileAsync();

        var exitCode = await UploadAsync(reanchor.Url);

        Assert.Equal(3, exitCode);
        Assert.Contains("Nothing of the upload was kept.", _run.Errors, StringComparison.Ordinal);
        Assert.Contains("line 7: is odd", _run.Errors, StringComparison.Ordinal);
        Assert.Contains("It shrank.", _run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503, "{}", 4, "answered 503")]
    [InlineData(404, "<html>", 3, "Reanchor has no collector corp")]
    [InlineData(302, "", 3, "points to another address")]
    [InlineData(200, "<html>", 4, "not as Reanchor does")]
    public async Task Upload_OtherAnswer_HasItsExitCode(int status, string body, int expected, string words)
    {
        await using var reanchor = await FakeReanchor.StartAsync();
        reanchor.Refusal = (status, body);
        await GivenFileAsync();

        var exitCode = await UploadAsync(reanchor.Url);

        Assert.Contains(words, _run.Errors, StringComparison.Ordinal);
        Assert.Equal(expected, exitCode);
    }

    [Fact]
    public async Task Upload_WrongKey_SaysSo()
    {
        await using var reanchor = await FakeReanchor.StartAsync();
        await GivenFileAsync();

        var exitCode = await UploadAsync(reanchor.Url, token: "another");

        Assert.Equal(3, exitCode);
        Assert.Contains("does not know this key", _run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("another", _run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_NothingListens_CanBeTriedAgain()
    {
        await GivenFileAsync();

        var exitCode = await UploadAsync("http://127.0.0.1:9/api");

        Assert.Equal(4, exitCode);
        Assert.Contains("could not be reached", _run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_DamagedFile_DoesNotLeaveTheMachine()
    {
        await using var reanchor = await FakeReanchor.StartAsync();
        var text = await GivenFileAsync();
        await File.WriteAllTextAsync(_run.OutputPath, text[..^5], TestContext.Current.CancellationToken);

        var exitCode = await UploadAsync(reanchor.Url);

        Assert.Equal(1, exitCode);
        Assert.Empty(reanchor.Uploads);
    }

    public void Dispose() => _run.Dispose();

    private async Task<string> GivenFileAsync()
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $$"""
              {"kind":"inventory","version":1,"forest":"corp.example","takenAt":"{{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ss}}Z"}
              {"objectGuid":"6f9619ff-8b86-d011-b42d-00c04fc964ff","mail":"anna@corp.example"}
              {"kind":"end","count":1}

              """);
        await File.WriteAllTextAsync(_run.OutputPath, text, TestContext.Current.CancellationToken);
        return text;
    }

    private Task<int> UploadAsync(string url, string token = FakeReanchor.Token) => _run.UploadAsync(url, token);
}
