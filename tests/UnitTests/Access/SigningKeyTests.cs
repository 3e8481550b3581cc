using Reanchor.LocalHost.Identity;

namespace Reanchor.UnitTests.Access;

public sealed class SigningKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reanchor-").FullName;

    private string File => Path.Combine(_folder, SigningKey.FileName);

    [Fact]
    public void LoadOrCreate_Twice_GivesTheSameKey()
    {
        using var first = SigningKey.LoadOrCreate(_folder);
        using var second = SigningKey.LoadOrCreate(_folder);

        Assert.Equal(first.ExportSubjectPublicKeyInfo(), second.ExportSubjectPublicKeyInfo());
        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    [Fact]
    public void LoadOrCreate_ManyAtOnce_AgreeOnOneKey()
    {
        // Many rounds: two instances meet at the same instruction only now and then.
        for (var round = 0; round < 20; round++)
        {
            System.IO.File.Delete(File);

            var keys = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8)
                .Select(_ => { using var key = SigningKey.LoadOrCreate(_folder); return Convert.ToHexString(key.ExportSubjectPublicKeyInfo()); })
                .ToHashSet();

            Assert.Single(keys);
            Assert.Equal([File], Directory.GetFiles(_folder));
        }
    }

    [Fact]
    public void LoadOrCreate_NewKey_IsForItsOwnerAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists instead of modes.");
        SigningKey.LoadOrCreate(_folder).Dispose();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode());
    }

    [Fact]
    public void LoadOrCreate_OthersCanRead_RefusesAndSaysWhatToDo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists instead of modes.");
        SigningKey.LoadOrCreate(_folder).Dispose();
        Open();

        var refusal = Assert.Throws<InvalidOperationException>(() => SigningKey.LoadOrCreate(_folder));

        Assert.Contains($"Others can read {File}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadOrCreate_NotAKey_RefusesAndSaysWhatToDo()
    {
        SigningKey.LoadOrCreate(_folder).Dispose();
        System.IO.File.WriteAllText(File, "nothing");

        var refusal = Assert.Throws<InvalidOperationException>(() => SigningKey.LoadOrCreate(_folder));

        Assert.Contains("Delete it", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

#pragma warning disable CA1416 // skipped on Windows
    private UnixFileMode Mode() => System.IO.File.GetUnixFileMode(File);

    private void Open() => System.IO.File.SetUnixFileMode(File, Mode() | UnixFileMode.GroupRead);
#pragma warning restore CA1416
}
