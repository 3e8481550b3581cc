using System.Buffers.Text;
using System.Text;

namespace Reanchor.Adapters.Tables;

/// <summary>The table service's token in a form that is safe in an address.</summary>
internal static class ContinuationToken
{
    public static string? Encode(string? token) =>
        string.IsNullOrEmpty(token) ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token));

    /// <exception cref="InvalidContinuationException">It is not one of ours.</exception>
    public static string? Decode(string? continuation)
    {
        if (continuation is null)
        {
            return null;
        }

        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(continuation));
        }
        catch (FormatException)
        {
            throw new InvalidContinuationException();
        }
    }
}
