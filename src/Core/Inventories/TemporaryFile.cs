namespace Reanchor.Inventories;

/// <summary>A file of our own, gone once it is closed.</summary>
internal static class TemporaryFile
{
    public static FileStream Create(FileOptions options) => new(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
        new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = options | FileOptions.DeleteOnClose,
        });
}
