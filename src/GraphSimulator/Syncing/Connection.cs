namespace Reanchor.GraphSimulator;

/// <summary>The tie between an AD account and its cloud user, and the anchor it was made with.</summary>
internal sealed record Connection(Guid UserId, string Anchor);
