using Reanchor.Access;

namespace Reanchor.Scanning;

/// <summary>An administrator's word that a scan may propose its candidates in spite of the caps.</summary>
public sealed record ScanResumption(Actor ResumedBy, DateTimeOffset ResumedAt, string Reason);
