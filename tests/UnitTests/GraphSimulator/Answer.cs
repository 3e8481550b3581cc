using System.Text.Json;

namespace Reanchor.UnitTests.GraphSimulator;

/// <summary>What came back over HTTP.</summary>
internal sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public IReadOnlyList<JsonElement> Items => [.. Json.GetProperty("value").EnumerateArray()];

    public string? ErrorCode => Json.GetProperty("error").GetProperty("code").GetString();

    public string? ErrorMessage => Json.GetProperty("error").GetProperty("message").GetString();

    public string? NextLink => Json.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;

    /// <summary>The UPNs listed, without their domain.</summary>
    public IReadOnlyList<string> Names =>
        [.. Items.Select(item => item.GetProperty("userPrincipalName").GetString()!.Split('@')[0]).Order(StringComparer.Ordinal)];
}
