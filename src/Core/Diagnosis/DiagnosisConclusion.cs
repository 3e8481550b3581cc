using Reanchor.Proposals;

namespace Reanchor.Diagnosis;

/// <summary>What a diagnosis comes to, for a person who is no specialist.</summary>
/// <param name="Cause">Why the user does not match, or that it does.</param>
/// <param name="NextStep">The one thing to do next.</param>
/// <param name="ProposalId">The newest proposal of the user; <see langword="null"/> when there was none.</param>
public sealed record DiagnosisConclusion(string Cause, string NextStep, ProposalId? ProposalId = null, ProposalStatus? ProposalStatus = null);
