namespace Reanchor.Contracts;

/// <summary>A file as secrets are kept: its owner alone can read it.</summary>
public static class SecretFile
{
    /// <param name="tooMuch">What others may do all the same.</param>
    public static void Write(string path, string secret, UnixFileMode tooMuch = UnixFileMode.None)
    {
        File.WriteAllText(path, secret);

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | tooMuch);
        }
    }
}
