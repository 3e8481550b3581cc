using Reanchor.Tenants;

namespace Reanchor.Access;

/// <summary>Whoever sent a request, after their token was validated.</summary>
public sealed record Caller
{
    /// <summary>What the audit trail keeps of them.</summary>
    public required Actor Actor { get; init; }

    /// <summary>As granted. Ask <see cref="Has"/> instead: a person who may change things may also read them.</summary>
    public required IReadOnlySet<Role> Roles { get; init; }

    public required TenantScope Scope { get; init; }

    /// <summary>The ids of their groups, as far as the token names them.</summary>
    public IReadOnlyCollection<Guid> Groups { get; init; } = [];

    /// <summary>Set for a collector, which may speak for itself alone; <see langword="null"/> for anybody else.</summary>
    public CollectorId? Collector { get; init; }

    /// <summary>Whether they hold the role, or one that implies it, and may hold it.</summary>
    public bool Has(Role role) =>
        (Roles.Contains(role) && role.IsFor(Actor.Kind))
        || (role is Role.Read
            && Actor.Kind is ActorKind.Person
            && (Roles.Contains(Role.Operate) || Roles.Contains(Role.Approve) || Roles.Contains(Role.Administer)));
}
