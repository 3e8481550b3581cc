using Reanchor.Inventories;
using Xunit;

namespace Reanchor.UnitTests.Inventories;

public sealed class TemporaryFileTests
{
    [Fact]
    public void Create_OnUnix_IsReadableByItsOwnerAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows keeps each user's temporary folder from the others.");
            return;
        }

        using var file = TemporaryFile.Create(FileOptions.None);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.Name));
    }

    [Fact]
    public void Dispose_LeavesNothingBehind()
    {
        var file = TemporaryFile.Create(FileOptions.None);
        Assert.True(File.Exists(file.Name));

        file.Dispose();

        Assert.False(File.Exists(file.Name));
    }
}
