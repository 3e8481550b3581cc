namespace Reanchor.Access;

/// <summary>Stored by name.</summary>
public enum ActorKind
{
    Person,
    Application,
    System,
}
