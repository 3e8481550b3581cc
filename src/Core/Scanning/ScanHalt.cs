namespace Reanchor.Scanning;

/// <summary>Why a scan proposes nothing and ends halted.</summary>
/// <param name="Reason">In words for a person, with what to do.</param>
public sealed record ScanHalt(HaltKind Kind, string Reason);
