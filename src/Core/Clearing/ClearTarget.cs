using Reanchor.Proposals;
using Reanchor.Scanning;

namespace Reanchor.Clearing;

/// <summary>What the kinds of clears do not have in common: the value that goes, and how a user shows it.</summary>
public static class ClearTarget
{
    /// <summary>
    /// Whether a clear that was started has come through. For the anchor: the user is empty, or synced under another anchor. Then sync
    /// took the user after the clear, for while it held the approved anchor nothing but that anchor's own account could match it.
    /// Whether it was the right account is for verification to say.
    /// </summary>
    public static bool IsGone(CloudUser? user, Proposal proposal) => proposal.Kind is ProposalKind.ClearObjectIdentifier
        ? user is not null && user.OnPremises.ObjectIdentifier != proposal.OnPremises.ObjectIdentifier
        : user is { IsSynced: false, Anchor: null }
            || (user is { IsSynced: true, Anchor: not null } && user.Anchor != proposal.Anchor);

    /// <summary>Whether a read just after the write shows nothing of it yet.</summary>
    public static bool IsStillThere(CloudUser? user, Proposal proposal) => proposal.Kind is ProposalKind.ClearObjectIdentifier
        ? user is not null && user.OnPremises.ObjectIdentifier == proposal.OnPremises.ObjectIdentifier
        : user?.Anchor == proposal.Anchor;

    /// <returns>Why the user is not the one that was approved; <see langword="null"/> when it is.</returns>
    public static string? Objection(CloudUser user, Proposal proposal) =>
        proposal.Kind is ProposalKind.ClearObjectIdentifier && user.Anchor is not null ? "The user has an anchor again."
        : proposal.Kind is ProposalKind.ClearAnchor && user.Anchor != proposal.Anchor ? "The user's anchor is not the one that was approved."
        : user.OnPremises != proposal.OnPremises ? "The user's on-premises values changed since the approval."
        : null;

    /// <summary>A failed check that this kind of clear is the cure for.</summary>
    public static bool IsCuredBy(FailedCheck check, ProposalKind kind) =>
        kind is ProposalKind.ClearObjectIdentifier && check.Check == "foreignObjectIdentifier";
}
