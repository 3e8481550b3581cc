using Microsoft.Extensions.Logging;
using Reanchor.Access;
using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Syncing;

/// <summary>
/// Has Cloud Sync take up the partner of a clear, so that nobody waits for its next cycle. It only hastens what comes anyway: whatever goes
/// wrong here changes nothing for the clear.
/// </summary>
public sealed class PartnerProvisioning(
    IAccountProvisioner provisioner,
    KillSwitch killSwitch,
    IAuditTrail audit,
    TimeProvider clock,
    ILogger<PartnerProvisioning> logger)
{
    /// <summary>Asks until there is an answer, and then no more. To be called once for each look at the clear, by whoever has stored when the next one is.</summary>
    /// <param name="proposal">Cleared, and not matched yet.</param>
    /// <returns>The proposal with the answer, not stored yet; as it was when there is none.</returns>
    public async Task<Proposal> AskAsync(Tenant tenant, Proposal proposal, CancellationToken cancellationToken)
    {
        // What Cloud Sync writes on our request is as good as written by us.
        if (proposal is not { Provisioning: null, Evidence.Partner: { } partner }
            || !tenant.Enabled
            || await killSwitch.IsOnAsync(tenant.Id, cancellationToken))
        {
            return proposal;
        }

        ProvisioningAnswer answer;

        try
        {
            answer = await provisioner.ProvisionAsync(tenant, partner.DistinguishedName, cancellationToken);
        }
        catch (DirectoryUnavailableException ex)
        {
            logger.ProvisioningUnanswered(tenant.Id, proposal.Id, ex.Message);
            return proposal;
        }

        logger.ProvisioningAnswered(tenant.Id, proposal.Id, answer.Outcome);

        if (answer.Outcome is not ProvisioningOutcome.NoJob)
        {
            await audit.AppendAsync(
                new ProvisioningRequested(new(tenant.Id, clock.GetUtcNow(), Actor.System)
                {
                    UserId = proposal.UserId,
                    Proposal = proposal.Id,
                    Scan = proposal.Scan,
                    Reason = answer.Text,
                })
                {
                    Outcome = answer.Outcome,
                },
                cancellationToken);
        }

        return proposal with { Provisioning = answer.Outcome };
    }
}
