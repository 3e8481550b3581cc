using Reanchor.Inventories;
using Reanchor.Proposals;
using Reanchor.Scanning;

namespace Reanchor.Diagnosis;

/// <summary>What is known when a hard match is weighed.</summary>
/// <param name="Subject">The user as it is now; <see langword="null"/> when it is deleted.</param>
internal sealed record HardMatchCase(Proposal Proposal, ClassificationCase? Subject)
{
    /// <summary>The proposal's on-premises account as the inventories list it now; <see langword="null"/> when they do not.</summary>
    public DirectoryAccount? Account => Subject?.Inventory is { IsKnown: true, Value.Partners: var partners }
        ? partners.FirstOrDefault(p => p.Account.ObjectGuid == Proposal.Evidence.Partner?.ObjectGuid)?.Account
        : null;
}
