namespace Reanchor.Inventories;

/// <summary>A file that only our account may read, for it lists people; gone once it is closed.</summary>
internal static class TemporaryFile
{
    public static FileStream Create(FileOptions options)
    {
        var settings = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = options | FileOptions.DeleteOnClose,
        };

        if (!OperatingSystem.IsWindows())
        {
            settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), settings);
    }
}
