using System.Security.Cryptography;
using System.Text;

namespace Reanchor.LocalHost.Identity;

/// <summary>The P-256 key that signs local tokens.</summary>
public static class SigningKey
{
    public const string FileName = "local-identity.pem";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const int OpenAttempts = 500;

    private static readonly TimeSpan OpenPause = TimeSpan.FromMilliseconds(10);

    /// <summary>A key that lasts as long as the process.</summary>
    public static ECDsa Create() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The key kept in the folder, so that tokens outlive a restart; made on first use, readable by its owner alone.</summary>
    /// <exception cref="InvalidOperationException">The file there is no such key, or others may read it; the message says what to do.</exception>
    public static ECDsa LoadOrCreate(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        using var file = OpenAlone(path);

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & ~OwnerOnly) != 0)
        {
            throw new InvalidOperationException($"Others can read {path}, so tokens signed with it prove nothing. Delete it; a new key is made at the next start.");
        }

        return file.Length == 0 ? Keep(file) : Read(file);
    }

    /// <summary>Opens the file for this caller alone, so that two instances starting on one folder agree on one key.</summary>
    private static FileStream OpenAlone(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };

        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException) when (attempt < OpenAttempts && File.Exists(path))
            {
                // Another instance reads or writes its few bytes right now.
                Thread.Sleep(OpenPause);
            }
        }
    }

    private static ECDsa Read(FileStream file)
    {
        var key = ECDsa.Create();

        try
        {
            using var reader = new StreamReader(file);
            key.ImportFromPem(reader.ReadToEnd());
            return key.KeySize == 256 ? key : throw new CryptographicException("Not a P-256 key.");
        }
        catch (Exception ex) when (ex is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new InvalidOperationException($"{file.Name} does not hold a P-256 key in PEM. Delete it; a new key is made at the next start.", ex);
        }
    }

    private static ECDsa Keep(FileStream file)
    {
        var key = Create();
        file.Write(Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        file.Flush(flushToDisk: true);
        return key;
    }
}
