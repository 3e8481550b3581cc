namespace Reanchor.Functions.Status;

/// <summary>The answer of a program that can work.</summary>
public sealed record HealthView(string Status);
