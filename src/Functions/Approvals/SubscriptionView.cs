namespace Reanchor.Functions.Approvals;

/// <summary>A subscription that was made, by the key that came with the request.</summary>
public sealed record SubscriptionView(string SubscriptionId);
