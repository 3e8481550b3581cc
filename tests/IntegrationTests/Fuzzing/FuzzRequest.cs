using System.Text;

namespace Reanchor.IntegrationTests.Fuzzing;

/// <param name="Breaks">It is no HTTP, or ends early: the server may refuse it before any code of ours, without a body or an answer.</param>
internal sealed record FuzzRequest(string Function, string Head, byte[] Body, bool Breaks)
{
    public byte[] Bytes => [.. Encoding.Latin1.GetBytes(Head), .. Body];

    public override string ToString()
    {
        var text = $"{Function}: {Head}{Encoding.UTF8.GetString(Body)}";
        return text.Length > 1500 ? $"{text[..1500]}... ({text.Length} characters)" : text;
    }
}
