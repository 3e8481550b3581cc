using Reanchor.Access;

namespace Reanchor.LocalHost.Identity;

/// <summary>Whom a local token is for, and what it lets them do where.</summary>
public sealed record LocalTokenRequest
{
    public const int MaxNameLength = 64;

    /// <summary>1 to 64 characters. The same name is always the same subject.</summary>
    public string? Name { get; init; }

    /// <summary>A person, or an application that signs in as itself. The same name is another one of the other kind.</summary>
    public ActorKind Kind { get; init; } = ActorKind.Person;

    /// <summary>Names of <c>Role</c>.</summary>
    public IReadOnlyList<string?>? Roles { get; init; }

    /// <summary>Tenant ids, or <c>*</c> for all.</summary>
    public IReadOnlyList<string?>? Tenants { get; init; }
}
