using System.Security.Cryptography;

namespace Reanchor.LocalHost.Identity;

/// <summary>The P-256 key that signs local tokens.</summary>
public static class SigningKey
{
    public const string FileName = "local-identity.pem";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A key that lasts as long as the process.</summary>
    public static ECDsa Create() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The key kept in the folder, so that tokens outlive a restart; made on first use, readable by its owner alone.</summary>
    /// <exception cref="InvalidOperationException">The file there is no such key, or others may read it; the message says what to do.</exception>
    public static ECDsa LoadOrCreate(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);

        if (!File.Exists(path))
        {
            Keep(path);
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
        {
            throw new InvalidOperationException($"Others can read {path}, so tokens signed with it prove nothing. Delete it; a new key is made at the next start.");
        }

        return Read(path);
    }

    private static ECDsa Read(string path)
    {
        var key = ECDsa.Create();

        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            return key.KeySize == 256 ? key : throw new CryptographicException("Not a P-256 key.");
        }
        catch (Exception ex) when (ex is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new InvalidOperationException($"{path} does not hold a P-256 key in PEM. Delete it; a new key is made at the next start.", ex);
        }
    }

    private static void Keep(string path)
    {
        var draft = $"{path}.{Guid.NewGuid():n}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };

        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var key = Create())
        using (var writer = new StreamWriter(draft, options))
        {
            writer.Write(key.ExportPkcs8PrivateKeyPem());
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another instance on the same folder was faster; both use its key.
            File.Delete(draft);
        }
    }
}
