namespace Reanchor.Collector.Uploading;

/// <summary>Reanchor's refusal (RFC 9457), as a text for the administrator.</summary>
internal sealed record Problem(string? Detail, IReadOnlyList<ProblemItem>? Errors)
{
    public static Problem None { get; } = new(null, null);

    public override string ToString() => string.Join(
        Environment.NewLine,
        [Detail ?? "no reason was given.", .. (Errors ?? []).Select(e => $"  {e}")]);
}
