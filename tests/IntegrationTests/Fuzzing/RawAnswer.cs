using System.Text;

namespace Reanchor.IntegrationTests.Fuzzing;

internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Type => Headers.GetValueOrDefault("content-type", "");

    public bool ClosesConnection => Headers.GetValueOrDefault("connection", "").Equals("close", StringComparison.OrdinalIgnoreCase);

    public string Text => Encoding.UTF8.GetString(Body);
}
