namespace Reanchor.Scanning;

/// <summary>One reason why a user is not a candidate, in words for a person.</summary>
public sealed record FailedCheck(Classification Classification, string Reason);
