namespace Reanchor.GraphSimulator;

/// <summary>A directory role held (active) or claimable (eligible) by a user or a group.</summary>
public sealed record RoleGrant
{
    public required string Id { get; init; }
    public required Guid PrincipalId { get; init; }
    public required Guid RoleDefinitionId { get; init; }
    public string DirectoryScopeId { get; init; } = "/";
}
