using Reanchor.Scanning.Rules;

namespace Reanchor.Diagnosis;

/// <summary>One question about a user, with its answer in words for a person.</summary>
/// <param name="Name">Stable, for programs: a rule's name, or one of a diagnosis alone; camelCase.</param>
/// <param name="Title">What is true when the check passes.</param>
/// <param name="Seen">What was read, or why nothing was.</param>
/// <param name="Means">What follows from it; <see langword="null"/> when it passed.</param>
/// <param name="WhatToDo"><see langword="null"/> when it passed.</param>
public sealed record DiagnosisCheck(
    string Name, string Title, RuleOutcome State, string Seen, string? Means = null, string? WhatToDo = null)
{
    public static DiagnosisCheck Pass(string name, string title, string seen) => new(name, title, RuleOutcome.Pass, seen);

    public static DiagnosisCheck Fail(string name, string title, string seen, string means, string whatToDo) =>
        new(name, title, RuleOutcome.Fail, seen, means, whatToDo);

    public static DiagnosisCheck Unknown(string name, string title, string because) => new(
        name, title, RuleOutcome.Unknown, because,
        "Whether this stands in the way cannot be told. What is not known is never taken for good.",
        "Settle what is named here, and ask again.");
}
