namespace Reanchor.Approvals;

/// <summary>What a workflow is told. Its trigger's schema (infra/approvals) names the same members.</summary>
/// <param name="Recipients">Mail addresses separated by semicolons; empty for whomever the workflow asks by itself.</param>
/// <param name="Proposals">How many are in the batch.</param>
/// <param name="Risky">Of them, those that cannot be undone or that no sync is expected to prove right.</param>
/// <param name="Warned">Of them, those with a warning of their own.</param>
/// <param name="TwoApprovals">Of them, those that take two people.</param>
/// <param name="SummaryHtml">Every value in it is encoded; at most <see cref="ApprovalSummary.MaxLength"/> characters.</param>
public sealed record ApprovalRequest(
    BatchId BatchId,
    string Digest,
    string TenantName,
    string Recipients,
    int Proposals,
    int Risky,
    int Warned,
    int TwoApprovals,
    DateTimeOffset ExpiresAt,
    string SummaryHtml,
    string ReviewUrl);
