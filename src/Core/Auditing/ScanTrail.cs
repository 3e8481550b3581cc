using Reanchor.Access;
using Reanchor.Scanning;

namespace Reanchor.Auditing;

/// <summary>The events that a scan's state calls for; see <see cref="ProposalTrail"/>.</summary>
public static class ScanTrail
{
    /// <param name="ended">Completed, halted or failed.</param>
    public static AuditEvent EndOf(Scan ended)
    {
        var header = new EventHeader(ended.Tenant, ended.EndedAt!.Value, Actor.System) { Scan = ended.Id };

        return ended.Status switch
        {
            ScanStatus.Completed => new ScanCompleted(header) { Counts = ended.Counts, ReportOnlyBecause = ended.ReportOnlyBecause },
            ScanStatus.Halted => new ScanHalted(header with { Reason = ended.HaltReason })
            {
                Counts = ended.Counts,
                Kind = ended.HaltKind,
            },
            _ => new ScanFailed(header with { Reason = ended.Fault }),
        };
    }

    /// <returns><see langword="null"/> for a scan that nobody resumed.</returns>
    public static AuditEvent? ResumptionOf(Scan scan) => scan.Resumption is not { } resumption
        ? null
        : new ScanResumed(new(scan.Tenant, resumption.ResumedAt, resumption.ResumedBy) { Scan = scan.Id, Reason = resumption.Reason })
        {
            Candidates = scan.Candidates,
            HaltReason = scan.HaltReason,
        };
}
