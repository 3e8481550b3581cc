namespace Reanchor.Scanning.Rules;

/// <summary>One reason not to clear an anchor, as a check.</summary>
/// <param name="Name">camelCase and stable: stored with findings, shown to callers and in docs/classification.md.</param>
/// <param name="Judge">Reads no clock and calls nothing.</param>
public sealed record ClassificationRule(string Name, Func<ClassificationCase, RuleVerdict> Judge);
