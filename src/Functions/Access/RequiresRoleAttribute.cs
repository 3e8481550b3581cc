using Reanchor.Access;

namespace Reanchor.Functions.Access;

/// <summary>Beside <c>[Function]</c> on an HTTP function: callers need any one of the roles.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresRoleAttribute(params Role[] anyOf) : Attribute
{
    public Role[] AnyOf { get; } = anyOf;
}
