using System.Security.Cryptography;
using System.Text;
using Reanchor.Tenants;

namespace Reanchor.Inventories;

/// <summary>The anchor of an account that its tenant's sync would send, in 16 bytes.</summary>
internal static class AnchorKey
{
    /// <returns>
    /// <see langword="null"/> when a custom attribute is not set, or the attribute is objectGUID, which is unique in itself. A GUID is
    /// its own key; of a text, which may be long, it is a digest.
    /// </returns>
    public static Guid? Of(DirectoryAccount account, AnchorAttribute attribute) =>
        attribute == AnchorAttribute.ObjectGuid ? null
        : attribute.IsCustom ? Digest(account.CustomAnchor)
        : Digest(account.OddConsistencyGuid) ?? account.ConsistencyGuid ?? account.ObjectGuid;

    /// <summary>
    /// Whether the account shows a value that sync can only have from the attribute; for objectGUID, which every account has, from
    /// mS-DS-ConsistencyGuid.
    /// </summary>
    public static bool IsSet(DirectoryAccount account, AnchorAttribute attribute) =>
        attribute.IsCustom ? account.CustomAnchor is not null : (account.ConsistencyGuid, account.OddConsistencyGuid) is not (null, null);

    /// <param name="repeat">Of keys that <see cref="Of"/> made.</param>
    public static string Describe(Repeat repeat, AnchorAttribute attribute) =>
        $"{(attribute.IsCustom ? "customAnchor" : "the anchor (mS-DS-ConsistencyGuid, or objectGUID where that is empty)")} "
        + $"is that of line {repeat.FirstLine} already; two accounts cannot share an anchor";

    private static Guid? Digest(string? text) =>
        text is null ? null : new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
