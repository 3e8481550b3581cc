using System.Text.Json;

namespace Reanchor.IntegrationTests.Pipeline;

/// <param name="Parent">Empty for the first of a trace.</param>
internal sealed record TraceLine(string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Attributes);

/// <summary>What <c>--trace</c> has written.</summary>
internal static class TraceLines
{
    public static IReadOnlyList<TraceLine> Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);

        // The last line may be half written.
        return [.. reader.ReadToEnd().Split('\n')[..^1].Select(Parse)];
    }

    private static TraceLine Parse(string line)
    {
        var span = JsonDocument.Parse(line).RootElement.GetProperty("resourceSpans")[0].GetProperty("scopeSpans")[0].GetProperty("spans")[0];
        return new(
            span.GetProperty("traceId").GetString()!,
            span.GetProperty("spanId").GetString()!,
            span.GetProperty("parentSpanId").GetString()!,
            span.GetProperty("name").GetString()!,
            span.GetProperty("attributes").EnumerateArray().ToDictionary(
                a => a.GetProperty("key").GetString()!, a => a.GetProperty("value").GetProperty("stringValue").GetString()!));
    }
}
