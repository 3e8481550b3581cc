using Reanchor.Proposals;
using Reanchor.Tenants;

namespace Reanchor.Diagnosis;

/// <summary>Where the clear of a leftover anchor stands, and who has to do what.</summary>
internal static class ProposalNextStep
{
    public static string Of(Tenant tenant, Proposal? proposal, DateTimeOffset now)
    {
        var then = tenant.Policy is { MinimumSightings: <= 1, MinimumSightingDays: 0 } ? "Reanchor then"
            : $"When {tenant.Policy.MinimumSightings} scans over {tenant.Policy.MinimumSightingDays} days, as the tenant's policy asks, have found it so, Reanchor";
        var scan = $"start a scan (POST /api/tenants/{tenant.Id}/scans). {then} proposes to clear the ImmutableID, and an approver decides.";

        return proposal?.Status switch
        {
            _ when !tenant.Enabled => "The tenant is disabled in Reanchor. Ask an administrator of Reanchor to enable it.",
            ProposalStatus.Pending when !proposal.HasExpired(now) =>
                $"Reanchor has proposed to clear it: proposal {proposal.Id} waits for approval until {TimeText.Of(proposal.ExpiresAt)}. "
                + $"Ask an approver to decide; it may not be {proposal.RequestedBy.Name}, who asked for the scan. Once it is cleared, the next sync matches the two.",
            ProposalStatus.Approved when proposal.Wait is { } wait =>
                $"Proposal {proposal.Id} to clear it is approved, but waits: {wait.Because} It is tried again at {TimeText.Of(wait.Until)}.",
            ProposalStatus.Approved or ProposalStatus.Clearing =>
                $"Proposal {proposal.Id} to clear it is approved, and the clear is being made. Ask again in a few minutes.",
            ProposalStatus.Cleared or ProposalStatus.Verified =>
                $"Proposal {proposal.Id} cleared it, yet the user carries an ImmutableID. If the clear is minutes old, ask again; if not, find out who wrote the new one, then {scan}",
            ProposalStatus.Restoring or ProposalStatus.Restored when proposal.Restore is { } restore =>
                $"{restore.RequestedBy.Name} had the ImmutableID put back on {TimeText.Of(restore.RequestedAt)}: \"{restore.Reason}\" Talk to them first.",
            ProposalStatus.Rejected when proposal.Decisions is [.., var decision] && proposal.HeldUntil(tenant.Policy) is { } until && now < until =>
                $"{decision.DecidedBy.Name} rejected proposal {proposal.Id} to clear it: \"{decision.Reason}\" Talk to them. With the same evidence it is not "
                + $"proposed again before {TimeText.Of(until)}.",
            ProposalStatus.Refused when proposal.HeldUntil(tenant.Policy) is { } until && now < until =>
                $"The clear of proposal {proposal.Id} was refused: {proposal.Refusal} With the same evidence it is not proposed again before {TimeText.Of(until)}.",
            ProposalStatus.Refused => $"The clear of proposal {proposal.Id} was refused: {proposal.Refusal} When that is settled, {scan}",
            _ when tenant.Mode is TenantMode.Report =>
                "The tenant is in report mode, so nothing is proposed. Ask an administrator of Reanchor to set its mode to propose, then " + scan,
            ProposalStatus.Pending or ProposalStatus.Expired => $"Proposal {proposal.Id} expired before anybody decided. To have it proposed again, {scan}",
            ProposalStatus.Superseded => $"Proposal {proposal.Id} came to nothing: {proposal.Refusal} To have it proposed again, {scan}",
            _ => $"To have it cleared, {scan}",
        };
    }
}
