namespace Reanchor.Collector.Uploading;

/// <summary>Reanchor's refusal (RFC 9457), as a text for the administrator.</summary>
internal sealed record Problem(string? Detail, IReadOnlyList<ProblemItem>? Errors)
{
    public static Problem None { get; } = new(null, null);

    /// <summary>What is wrong with the inventory, each by itself.</summary>
    public IReadOnlyList<string> Items => [.. (Errors ?? []).Select(e => e.ToString())];

    public override string ToString() => Detail ?? "no reason was given.";
}
