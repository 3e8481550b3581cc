namespace Reanchor.Access;

/// <summary>What access can be given to. Stored by name.</summary>
public enum PrincipalKind
{
    Person,

    /// <summary>Everyone in it, as their tokens say.</summary>
    Group,

    Application,
}
