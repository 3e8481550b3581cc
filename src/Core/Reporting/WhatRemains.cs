using Reanchor.Proposals;

namespace Reanchor.Reporting;

/// <summary>What is left to do about a proposal, in words for a person.</summary>
public static class WhatRemains
{
    public static string Of(Proposal proposal) => proposal.Status switch
    {
        ProposalStatus.Pending => $"An approver decides, until {TimeText.Of(proposal.ExpiresAt)}.",
        ProposalStatus.Approved when proposal.Wait is { } wait => $"The clear waits until {TimeText.Of(wait.Until)}. {wait.Because}",
        ProposalStatus.Approved or ProposalStatus.Clearing => "The clear is made.",
        ProposalStatus.Cleared => "The next sync matches the account; Reanchor looks whether it does.",
        ProposalStatus.Verified => "Nothing.",
        ProposalStatus.Restoring => "The old value is put back.",
        ProposalStatus.Restored => "Nothing: the user is as before.",
        ProposalStatus.Rejected => "Nothing: an approver said no.",
        ProposalStatus.Expired or ProposalStatus.Superseded => "The next scan looks again.",
        ProposalStatus.Refused or ProposalStatus.Inconclusive => "Somebody looks at the user; the last step says why.",
        _ => throw new InvalidOperationException($"Proposal {proposal.Id} is {proposal.Status}."),
    };

    /// <summary>A status as people read it; the console's list is compared with it.</summary>
    public static string LabelOf(ProposalStatus status) => status is ProposalStatus.Pending ? "Waits for a decision" : status.ToString();
}
