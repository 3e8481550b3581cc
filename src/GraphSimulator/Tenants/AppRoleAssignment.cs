namespace Reanchor.GraphSimulator;

/// <summary>A permission that a tenant has granted.</summary>
internal sealed record AppRoleAssignment(string Id, Guid AppRoleId, Guid PrincipalId, Guid ResourceId);
