namespace Reanchor.Diagnosis;

/// <summary>One thing to do by hand.</summary>
/// <param name="Where">On which machine, and as whom.</param>
/// <param name="Command">PowerShell, to be pasted as it is; <see langword="null"/> when there is nothing to type.</param>
/// <param name="Expect">What is seen when it went well, and what to do when not.</param>
public sealed record HardMatchStep(string Title, string Where, string? Command, string Expect);
