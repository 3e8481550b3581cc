using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;

namespace Reanchor.Benchmarks;

/// <summary>The least that reading can cost: unzip, split into lines, step over every token.</summary>
internal static class BareRun
{
    public static async Task<TimeSpan> MeasureAsync(string path)
    {
        var clock = Stopwatch.StartNew();
        await using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        var buffer = new byte[128 * 1024];
        var (kept, tokens) = (0, 0L);

        while (await gzip.ReadAsync(buffer.AsMemory(kept)) is > 0 and var read)
        {
            var text = buffer.AsSpan(0, kept + read);

            while (text.IndexOf((byte)'\n') is >= 0 and var end)
            {
                var reader = new Utf8JsonReader(text[..end]);

                while (reader.Read())
                {
                    tokens++;
                }

                text = text[(end + 1)..];
            }

            text.CopyTo(buffer);
            kept = text.Length;
        }

        return tokens > 0 ? clock.Elapsed : throw new InvalidDataException("Nothing was read.");
    }
}
