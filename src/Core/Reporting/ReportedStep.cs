using Reanchor.Access;
using Reanchor.Proposals;

namespace Reanchor.Reporting;

/// <summary>Something that was done about a user: when, by whom, and why if they said so.</summary>
public sealed record ReportedStep(DateTimeOffset At, string What, string By, string? Reason)
{
    /// <summary>The steps that a proposal has taken, oldest first.</summary>
    public static IEnumerable<ReportedStep> Of(Proposal proposal)
    {
        var value = proposal.Kind is ProposalKind.ClearAnchor ? "ImmutableID" : "onPremisesObjectIdentifier";
        yield return new(proposal.ProposedAt, $"Proposed to clear the {value}", proposal.RequestedBy.Name, proposal.RequestReason);

        foreach (var decision in proposal.Decisions)
        {
            var what = (decision.Counts, decision.Approved) switch
            {
                (true, true) => "Approved",
                (true, false) => "Rejected",
                (false, true) => "Advised to approve",
                (false, false) => "Advised to reject",
            };
            yield return new(decision.DecidedAt, what, NameOf(decision), decision.Reason);
        }

        if (proposal.ClearedAt is { } clearedAt)
        {
            yield return new(clearedAt, $"Cleared the {value}", Actor.System.Name, null);
        }

        foreach (var setback in proposal.Setbacks)
        {
            if (setback.Restore is { } refused)
            {
                yield return Asked(refused, value);
            }

            yield return new(setback.At, Told(setback, proposal, value), Actor.System.Name, setback.Because);
        }

        if (proposal.Restore is { } restore && proposal.Setbacks.All(setback => setback.Restore != restore))
        {
            yield return Asked(restore, value);
        }

        if (EndOf(proposal.Status) is { } end)
        {
            yield return new(proposal.StatusAt, end, Actor.System.Name, proposal.Refusal);
        }
    }

    private static ReportedStep Asked(RestoreRequest restore, string value) =>
        new(restore.RequestedAt, $"Asked for the old {value} back", restore.RequestedBy.Name, restore.Reason);

    private static string Told(Setback setback, Proposal proposal, string value) => setback switch
    {
        { Restore: not null, Cause: not null } => $"Could not put the old {value} back: the directory refused",
        { Restore: not null } => $"Gave up putting the old {value} back",
        _ when proposal.ClearedAt is null => $"Could not find out whether the {value} was cleared",
        _ => "Found no proof that sync matched the expected account",
    };

    private static string NameOf(Decision decision) => decision.Asserted is { } asserted
        ? $"{asserted.Name ?? asserted.ObjectId?.ToString("D") ?? "somebody"}, as {decision.DecidedBy.Name} relayed"
        : decision.DecidedBy.Name;

    private static string? EndOf(ProposalStatus status) => status switch
    {
        ProposalStatus.Verified => "Verified: sync matched the expected account",
        ProposalStatus.Refused => "Could not clear it: the directory refused",
        ProposalStatus.Restored => "Put the old value back",
        ProposalStatus.Superseded => "Withdrew the proposal: something had changed",
        ProposalStatus.Expired => "Withdrew the proposal: nobody had decided in time",
        _ => null,
    };
}
