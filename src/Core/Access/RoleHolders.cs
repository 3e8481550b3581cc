namespace Reanchor.Access;

/// <summary>
/// What kind of caller a role is for. It holds on every route, whatever a token says: whoever assigns app roles in Entra could give
/// an application the role of a person.
/// </summary>
public static class RoleHolders
{
    public static bool IsFor(this Role role, ActorKind kind) => role switch
    {
        Role.Approve or Role.Administer => kind is ActorKind.Person,
        Role.Decide => kind is ActorKind.Application,
        _ => kind is ActorKind.Person or ActorKind.Application,
    };
}
