using System.Collections.Frozen;
using Reanchor.Tenants;

namespace Reanchor.Access;

/// <summary>Who may call one function. Decides on values alone; it reads no token and no store.</summary>
public sealed class AccessRule
{
    private readonly FrozenSet<Role>? _anyOf;

    private AccessRule(FrozenSet<Role>? anyOf) => _anyOf = anyOf;

    /// <summary>Open to all, signed in or not.</summary>
    public static AccessRule NoSignIn { get; } = new(null);

    /// <summary>For callers who hold at least one of the roles.</summary>
    public static AccessRule AnyOf(params ReadOnlySpan<Role> roles) =>
        roles.IsEmpty
            ? throw new ArgumentException("Name at least one role.", nameof(roles))
            : new(roles.ToArray().ToFrozenSet());

    public bool NeedsSignIn => _anyOf is not null;

    /// <summary>The roles one of which is needed; empty without sign-in.</summary>
    public IReadOnlyCollection<Role> Roles => _anyOf ?? [];

    /// <param name="caller"><see langword="null"/> when nobody has signed in.</param>
    /// <param name="tenant">The tenant the request is about; <see langword="null"/> when it is about none.</param>
    /// <param name="collector">The collector that it is about; <see langword="null"/> when it is about none.</param>
    public AccessDecision Decide(Caller? caller, TenantId? tenant, CollectorId? collector = null)
    {
        if (_anyOf is null)
        {
            return AccessDecision.Allowed;
        }

        if (caller is null)
        {
            return AccessDecision.Unauthenticated;
        }

        if (!_anyOf.Any(caller.Has))
        {
            return _anyOf.Any(caller.Roles.Contains) ? AccessDecision.WrongKind : AccessDecision.RoleMissing;
        }

        return tenant is null ? AccessDecision.Allowed
            : !caller.Scope.Includes(tenant.Value) ? AccessDecision.OutOfScope
            : caller.Collector is { } own && own != collector ? AccessDecision.OtherCollector
            : AccessDecision.Allowed;
    }
}
