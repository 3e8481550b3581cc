using System.Text;

namespace Reanchor.GraphSimulator;

internal sealed record GraphResponse
{
    public const string Json = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

    public required int Status { get; init; }
    public string? ContentType { get; init; }
    public ReadOnlyMemory<byte> Body { get; init; }
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The connection is cut instead of answering.</summary>
    public bool IsCut { get; init; }

    public static GraphResponse NoContent() => new() { Status = 204 };

    public static GraphResponse Cut() => new() { Status = 0, IsCut = true };

    public static GraphResponse Ok(ReadOnlyMemory<byte> json) => new() { Status = 200, ContentType = Json, Body = json };

    public static GraphResponse Text(string text) =>
        new() { Status = 200, ContentType = "text/plain", Body = Encoding.UTF8.GetBytes(text) };
}
