namespace Reanchor.GraphSimulator;

/// <summary>A directory role to give, active or eligible.</summary>
public sealed record RoleSeed
{
    public required Guid PrincipalId { get; init; }

    /// <summary>User Administrator when left out.</summary>
    public Guid? RoleDefinitionId { get; init; }

    public bool Eligible { get; init; }

    internal void AddTo(SimulatedTenant tenant)
    {
        var role = RoleDefinitionId ?? BuiltInRole.UserAdministrator;
        _ = Eligible ? tenant.MakeEligible(PrincipalId, role) : tenant.AssignRole(PrincipalId, role);
    }
}
