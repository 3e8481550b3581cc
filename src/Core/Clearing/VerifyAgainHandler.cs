using Reanchor.Proposals;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

public sealed record VerifyAgain(TenantId Tenant, ProposalId Proposal);

public enum VerifyAgainOutcome
{
    Verified,
    NotFound,

    /// <summary>Only what was cleared and not verified in time is looked at again.</summary>
    NotInconclusive,

    /// <summary>It is still not the expected match; the explanation says what is there now.</summary>
    NotMatched,

    /// <summary>Someone changed the proposal at this moment.</summary>
    LostRace,
}

/// <param name="Explanation">Why it is not verified; <see langword="null"/> when it is.</param>
public sealed record VerifyAgainResult(VerifyAgainOutcome Outcome, string? Explanation, Proposal? Proposal);

/// <summary>Looks at an inconclusive clear once more, for a person who has cured what kept the match from coming.</summary>
public sealed class VerifyAgainHandler(
    ITenantStore tenants, IProposalStore proposals, ProposalLedger ledger, MatchCheck match, TimeProvider clock)
{
    public async Task<VerifyAgainResult> HandleAsync(VerifyAgain command, CancellationToken cancellationToken)
    {
        var found = await proposals.FindAsync(command.Tenant, command.Proposal, cancellationToken);
        var tenant = (await tenants.FindAsync(command.Tenant, cancellationToken))?.Item;

        if (found is null || tenant is null)
        {
            return new(VerifyAgainOutcome.NotFound, "There is no such proposal.", null);
        }

        if (found.Item.Status is not ProposalStatus.Inconclusive)
        {
            return new(
                VerifyAgainOutcome.NotInconclusive, "Only a clear whose verification was inconclusive can be verified again.", found.Item);
        }

        var result = await match.ReadAsync(tenant, found.Item, atDeadline: true, cancellationToken);

        if (result is not { Outcome: MatchOutcome.Matched })
        {
            return new(VerifyAgainOutcome.NotMatched, result!.Text, found.Item);
        }

        // Not counted among the outcomes: this clear was, when its time was over.
        return await ledger.TryMoveAsync(found, found.Item.Verify(clock.GetUtcNow()), cancellationToken) is { } verified
            ? new(VerifyAgainOutcome.Verified, null, verified.Item)
            : new(VerifyAgainOutcome.LostRace, "Someone changed the proposal at this moment. Look at it again.", found.Item);
    }
}
