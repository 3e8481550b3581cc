namespace Reanchor.GraphSimulator;

public sealed partial class SimulatedTenant
{
    /// <summary>Gives a user or a group an active directory role.</summary>
    public RoleGrant AssignRole(Guid principalId, Guid roleDefinitionId) => Grant(_activeRoles, principalId, roleDefinitionId);

    /// <summary>Makes a user or a group eligible for a directory role.</summary>
    public RoleGrant MakeEligible(Guid principalId, Guid roleDefinitionId) => Grant(_eligibleRoles, principalId, roleDefinitionId);

    private RoleGrant Grant(List<RoleGrant> grants, Guid principalId, Guid roleDefinitionId)
    {
        var grant = new RoleGrant
        {
            Id = $"{principalId:N}-{roleDefinitionId:N}",
            PrincipalId = principalId,
            RoleDefinitionId = roleDefinitionId,
        };

        lock (Gate)
        {
            grants.RemoveAll(existing => existing.Id == grant.Id);
            grants.Add(grant);
        }

        return grant;
    }
}
