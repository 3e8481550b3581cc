using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

/// <summary>Looks, just before an anchor is put back, for whatever would make that wrong.</summary>
public sealed class RestorePrecheck(IDirectoryReader directory)
{
    /// <param name="user">As read just now; <see langword="null"/> when there is none.</param>
    /// <returns>Why the anchor must not be put back, and what to do instead; <see langword="null"/> when nothing speaks against it.</returns>
    public async Task<string?> ObjectionAsync(
        Tenant tenant, Proposal proposal, CloudUser? user, CancellationToken cancellationToken)
    {
        if (!proposal.DigestHolds)
        {
            return "The stored proposal no longer fits its digest. The audit event ClearStarted has the anchor as it was.";
        }

        if (user is null)
        {
            return "The user was deleted. Restore the user in Entra first.";
        }

        if (RestoreWindow.ClosedBecause(user) is { } closed)
        {
            return closed;
        }

        if (user.Anchor is not null && user.Anchor != proposal.Anchor)
        {
            return $"The user has another anchor now, {user.Anchor}. It was not overwritten.";
        }

        // The index lags: it may show the user itself, as it was before the clear.
        var holders = await directory.FindAnchorHoldersAsync(tenant, proposal.Anchor, cancellationToken);

        if (holders.FirstOrDefault(h => h != proposal.UserId) is var holder && holder != default)
        {
            return $"The user {holder} holds this anchor now.";
        }

        var deleted = await directory.FindSoftDeletedHoldersAsync(tenant, proposal.Anchor, cancellationToken);

        return !deleted.IsKnown ? $"Deleted users could not be read: {deleted.UnknownBecause}"
            : deleted.Value is [var ghost, ..] ? $"The deleted user {ghost} holds this anchor. Remove it for good first."
            : null;
    }
}
