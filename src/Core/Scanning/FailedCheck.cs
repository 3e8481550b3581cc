namespace Reanchor.Scanning;

/// <summary>One reason why a user is not a candidate, in words for a person.</summary>
/// <param name="Check">
/// The rule's name, see <see cref="Rules.ClassificationRules.InOrder"/>; empty in findings that were stored before rules had names.
/// </param>
public sealed record FailedCheck(Classification Classification, string Reason, string Check = "");
