namespace Reanchor.Auditing;

/// <summary>A row of the trail as it is found, whoever wrote it.</summary>
/// <param name="Name">The row's place in the store, for a person.</param>
/// <param name="Key"><see langword="null"/> when no event belongs in that place.</param>
/// <param name="Entry"><see langword="null"/> when the row is not what Reanchor writes for any event in that place.</param>
public sealed record AuditRow(string Name, EventKey? Key, AuditEntry? Entry);
