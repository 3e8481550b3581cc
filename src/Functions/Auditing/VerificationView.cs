using Reanchor.Sealing;

namespace Reanchor.Functions.Auditing;

/// <summary>The answer of a verification. <paramref name="Faults"/> starts with the first event in time; there may be more of them.</summary>
public sealed record VerificationView(
    bool Intact, int Events, int NotYetSealed, int Seals, DateTimeOffset? SealedUntil, int FaultCount, IEnumerable<FaultView> Faults)
{
    public static VerificationView Of(TrailVerification found) => new(
        found.Intact,
        found.Events,
        found.NotYetSealed,
        found.Seals,
        found.SealedUntil,
        found.FaultCount,
        found.Faults.Select(f => new FaultView(f.Kind, f.Subject, f.At, f.Detail)));
}

/// <param name="Subject">The event's id, the seal's number, or the row where no event belongs.</param>
public sealed record FaultView(ReviewKind Kind, string Subject, DateTimeOffset? At, string Detail);
