namespace Reanchor.Proposals;

/// <summary>What an approved proposal clears. Stored by name.</summary>
public enum ProposalKind
{
    /// <summary><c>onPremisesImmutableId</c>. Can be put back while nothing has matched.</summary>
    ClearAnchor,

    /// <summary><c>onPremisesObjectIdentifier</c>, a second clear when the first led to no match. Cannot be put back.</summary>
    ClearObjectIdentifier,
}
