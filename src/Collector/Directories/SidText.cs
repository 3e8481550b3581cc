using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Reanchor.Collector.Directories;

/// <summary>objectSid in text form ([MS-DTYP] 2.4.2); the framework has this on Windows only.</summary>
internal static class SidText
{
    /// <returns><see langword="null"/> if the bytes are no SID.</returns>
    public static string? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 12 || bytes[0] != 1 || bytes[1] is < 1 or > 15 || bytes.Length != 8 + (4 * bytes[1]))
        {
            return null;
        }

        Span<byte> authority = [0, 0, .. bytes[2..8]];
        var text = new StringBuilder("S-1-").Append(CultureInfo.InvariantCulture, $"{BinaryPrimitives.ReadUInt64BigEndian(authority)}");

        for (var at = 8; at < bytes.Length; at += 4)
        {
            text.Append(CultureInfo.InvariantCulture, $"-{BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..])}");
        }

        return text.ToString();
    }
}
