using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Reanchor.Adapters.Tables;

/// <summary>
/// The table service's token in a form that is safe in an address, marked with the list that it belongs to: the service takes any
/// text for a token, and would answer one of another list with a wrong page instead of an error.
/// </summary>
internal static class ContinuationToken
{
    private const int MarkLength = 16;

    /// <param name="list">The query that the token goes on with.</param>
    public static string? Encode(string? token, string list) =>
        string.IsNullOrEmpty(token) ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Mark(list) + token));

    /// <exception cref="InvalidContinuationException">It is not one of this list.</exception>
    public static string? Decode(string? continuation, string list)
    {
        if (continuation is null)
        {
            return null;
        }

        if (!Base64Url.IsValid(continuation))
        {
            throw new InvalidContinuationException();
        }

        var token = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(continuation));
        return token.Length > MarkLength && token.StartsWith(Mark(list), StringComparison.Ordinal)
            ? token[MarkLength..]
            : throw new InvalidContinuationException();
    }

    private static string Mark(string list) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list)))[..MarkLength];
}
