using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

public enum WriteEnd
{
    /// <summary>The directory accepted it.</summary>
    Accepted,
    Refused,

    /// <summary>The answer is lost, which the claim now says, or it was too late to send it: look again when the claim is over.</summary>
    Unknown,

    /// <summary>Writes were paused since the claim. Nothing was sent, and the claim is given back.</summary>
    Paused,
}

/// <param name="Refusal">Only when refused.</param>
public sealed record WriteResult(WriteEnd End, AnchorRefusal? Refusal = null);

/// <summary>Sends the one write that a claim gives the right to. Clears and restores alike go through here.</summary>
public sealed class ClaimedWrite(
    IAnchorWriter writer,
    IDirectoryReader directory,
    IProposalStore proposals,
    KillSwitch killSwitch,
    IOptionsMonitor<ClearingOptions> options,
    TimeProvider clock,
    ILogger<ClaimedWrite> logger)
{
    /// <summary>Before anything is read for a write that could not be sent soon.</summary>
    /// <exception cref="DirectoryUnavailableException">The directory takes no writes for a while: try again then.</exception>
    public void Expect(Tenant tenant) => writer.ExpectWrite(tenant);

    /// <param name="claimed">As this delivery stored it, with a claim of its own.</param>
    /// <exception cref="DirectoryUnavailableException">Nothing was written, and the claim is given back: try again.</exception>
    public async Task<WriteResult> SendAsync(Tenant tenant, Versioned<Proposal> claimed, CancellationToken cancellationToken)
    {
        // Whoever pulls the brake stops what has not been sent. The writer looks once more when the write's turn has come.
        if (await killSwitch.IsOnAsync(tenant.Id, cancellationToken))
        {
            await ReleaseAsync(claimed, cancellationToken);
            return new(WriteEnd.Paused);
        }

        var proposal = claimed.Item;
        var allowed = proposal.Claim!.Until - (options.CurrentValue.ClaimDuration / 2) - clock.GetUtcNow();

        if (allowed <= TimeSpan.Zero)
        {
            // This process stood still since the claim; someone else may hold one before the write would arrive.
            await ReleaseAsync(claimed, cancellationToken);
            return new(WriteEnd.Unknown);
        }

        using var inTime = new CancellationTokenSource(allowed, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(inTime.Token, cancellationToken);

        try
        {
            var refusal = await WriteAsync(tenant, proposal, either.Token);
            return refusal is null
                ? new(WriteEnd.Accepted)
                : new(WriteEnd.Refused, await ExplainAsync(tenant, proposal, refusal, cancellationToken));
        }
        catch (DirectoryUnavailableException ex) when (ex.NothingDone)
        {
            await ReleaseAsync(claimed, cancellationToken);

            if (await killSwitch.IsOnAsync(tenant.Id, cancellationToken))
            {
                return new(WriteEnd.Paused);
            }

            throw;
        }
        catch (Exception ex) when (ex is DirectoryUnavailableException
            || (ex is OperationCanceledException && inTime.IsCancellationRequested && !cancellationToken.IsCancellationRequested))
        {
            logger.AnswerLost(proposal.Tenant, proposal.Id, ex.Message);
            var instead = ex is OperationCanceledException ? $"none came within {allowed.TotalSeconds:0} s" : ex.Message;

            // If someone else moved it meanwhile, they know more.
            await proposals.TryUpdateAsync(claimed, proposal.LoseAnswer(instead), cancellationToken);
            return new(WriteEnd.Unknown);
        }
    }

    private Task<AnchorRefusal?> WriteAsync(Tenant tenant, Proposal proposal, CancellationToken cancellationToken) =>
        (proposal.Status, proposal.Kind) switch
        {
            (ProposalStatus.Restoring, _) => writer.WriteAsync(tenant, proposal.UserId, proposal.Anchor, cancellationToken),
            (_, ProposalKind.ClearObjectIdentifier) => writer.ClearObjectIdentifierAsync(tenant, proposal.UserId, cancellationToken),
            _ => writer.WriteAsync(tenant, proposal.UserId, anchor: null, cancellationToken),
        };

    // If someone else moved it meanwhile, there is no claim to give back.
    private async Task ReleaseAsync(Versioned<Proposal> claimed, CancellationToken cancellationToken) =>
        await proposals.TryUpdateAsync(claimed, claimed.Item.ReleaseClaim(), cancellationToken);

    /// <summary>Graph says the same of a missing permission and of a user whom only a privileged administrator may touch.</summary>
    private async Task<AnchorRefusal> ExplainAsync(
        Tenant tenant, Proposal proposal, AnchorRefusal refusal, CancellationToken cancellationToken)
    {
        if (refusal.Cause is not RefusalCause.Permission)
        {
            return refusal;
        }

        try
        {
            var facts = await directory.ReadTenantFactsAsync(tenant, cancellationToken);

            return facts.IsPrivileged(proposal.UserId)
                ? new(RefusalCause.Privileged,
                    "The user holds or may activate an admin role, or belongs to a role-assignable group: only a Privileged Authentication "
                    + $"Administrator may write here. Leave the user alone, or take the role away first and scan again. {refusal.Text}")
                : refusal;
        }
        catch (DirectoryUnavailableException ex)
        {
            logger.RolesNotRead(proposal.Tenant, proposal.Id, ex.Message);
            return refusal;
        }
    }
}
