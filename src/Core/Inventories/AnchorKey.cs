using System.Security.Cryptography;
using System.Text;
using Reanchor.Tenants;

namespace Reanchor.Inventories;

/// <summary>The attribute of an account that its tenant's sync would send, in 16 bytes.</summary>
internal static class AnchorKey
{
    /// <returns>
    /// <see langword="null"/> when the attribute is not set, or is objectGUID, which is unique in itself. A GUID is its own key; of a
    /// text, which may be long, it is a digest.
    /// </returns>
    public static Guid? Of(DirectoryAccount account, AnchorAttribute attribute) =>
        attribute == AnchorAttribute.ConsistencyGuid ? account.ConsistencyGuid
        : attribute.IsCustom && account.CustomAnchor is { } custom
            ? new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(custom)).AsSpan(0, 16))
        : null;

    /// <param name="repeat">Of keys that <see cref="Of"/> made.</param>
    public static string Describe(Repeat repeat, AnchorAttribute attribute) =>
        attribute.IsCustom
            ? $"customAnchor is that of line {repeat.FirstLine} already; two accounts cannot share an anchor"
            : $"consistencyGuid '{repeat.Key}' is that of line {repeat.FirstLine} already; two accounts cannot share an anchor";
}
