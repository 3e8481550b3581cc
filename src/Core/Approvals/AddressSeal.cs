using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Reanchor.Auditing;

namespace Reanchor.Approvals;

/// <summary>
/// Keeps callback addresses unreadable in the tables: one holds a signature with which anyone could go on with the workflow. AES-256-GCM
/// under a key derived from the audit key, bound to the batch.
/// </summary>
public sealed class AddressSeal(IOptions<AuditOptions> options)
{
    public string Seal(Uri address, BatchId batch)
    {
        var plain = Encoding.UTF8.GetBytes(address.AbsoluteUri);
        var box = new byte[AesGcm.NonceByteSizes.MaxSize + plain.Length + AesGcm.TagByteSizes.MaxSize];
        var nonce = box.AsSpan(0, AesGcm.NonceByteSizes.MaxSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = Aes(options.Value.Key);
        aes.Encrypt(
            nonce, plain, box.AsSpan(nonce.Length, plain.Length), box.AsSpan(nonce.Length + plain.Length), Encoding.UTF8.GetBytes(batch.Value));
        return Convert.ToBase64String(box);
    }

    /// <exception cref="CryptographicException">It was changed, belongs to another batch, or was sealed under a key that is gone.</exception>
    public Uri Open(string text, BatchId batch)
    {
        try
        {
            return Open(options.Value.Key, text, batch);
        }
        catch (AuthenticationTagMismatchException) when (options.Value.PreviousKey.Length > 0)
        {
            return Open(options.Value.PreviousKey, text, batch);
        }
    }

    private static Uri Open(string key, string text, BatchId batch)
    {
        ReadOnlySpan<byte> bytes = Convert.FromBase64String(text);
        var nonce = bytes[..AesGcm.NonceByteSizes.MaxSize];
        var plain = new byte[bytes.Length - nonce.Length - AesGcm.TagByteSizes.MaxSize];
        using var aes = Aes(key);
        aes.Decrypt(
            nonce, bytes.Slice(nonce.Length, plain.Length), bytes[(nonce.Length + plain.Length)..], plain, Encoding.UTF8.GetBytes(batch.Value));
        return new(Encoding.UTF8.GetString(plain));
    }

    private static AesGcm Aes(string key) => new(
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Convert.FromBase64String(key), 32, info: "reanchor callback addresses"u8.ToArray()),
        AesGcm.TagByteSizes.MaxSize);
}
