using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using OpenTelemetry;

namespace Reanchor.LocalHost.Hosting;

/// <summary>Writes every span that ends to a file, one line of OTLP JSON each, as the OpenTelemetry collector reads and writes them.</summary>
internal sealed class TraceFile(string path) : BaseExporter<Activity>
{
    private const long TicksToNanoseconds = 100;

    private readonly StreamWriter _lines = new(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read)) { AutoFlush = true };

    public override ExportResult Export(in Batch<Activity> batch)
    {
        foreach (var span in batch)
        {
            _lines.WriteLine(JsonSerializer.Serialize(Line(span)));
        }

        return ExportResult.Success;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _lines.Dispose();
        }

        base.Dispose(disposing);
    }

    private static object Line(Activity span) => new
    {
        resourceSpans = new[]
        {
            new
            {
                resource = new { attributes = new[] { Attribute("service.name", "reanchor") } },
                scopeSpans = new[] { new { scope = new { name = span.Source.Name }, spans = new[] { Span(span) } } },
            },
        },
    };

    private static object Span(Activity span) => new
    {
        traceId = span.TraceId.ToHexString(),
        spanId = span.SpanId.ToHexString(),
        parentSpanId = span.ParentSpanId == default ? "" : span.ParentSpanId.ToHexString(),
        name = span.DisplayName,

        // The protocol counts from 1 where ActivityKind counts from 0.
        kind = (int)span.Kind + 1,
        startTimeUnixNano = Nanoseconds(span.StartTimeUtc),
        endTimeUnixNano = Nanoseconds(span.StartTimeUtc + span.Duration),
        attributes = span.TagObjects.Select(tag => Attribute(tag.Key, tag.Value)).ToArray(),
        links = span.Links.Select(link => new { traceId = link.Context.TraceId.ToHexString(), spanId = link.Context.SpanId.ToHexString() }).ToArray(),
        status = new { code = (int)span.Status, message = span.StatusDescription ?? "" },
    };

    private static object Attribute(string key, object? value) =>
        new { key, value = new { stringValue = Convert.ToString(value, CultureInfo.InvariantCulture) } };

    private static string Nanoseconds(DateTime time) =>
        ((time - DateTime.UnixEpoch).Ticks * TicksToNanoseconds).ToString(CultureInfo.InvariantCulture);
}
