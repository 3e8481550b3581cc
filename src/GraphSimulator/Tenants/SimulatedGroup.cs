namespace Reanchor.GraphSimulator;

public sealed record SimulatedGroup
{
    /// <summary>Left empty, <see cref="SimulatedTenant.AddGroup"/> chooses one.</summary>
    public Guid Id { get; init; }

    public required string DisplayName { get; init; }
    public bool IsAssignableToRole { get; init; }

    /// <summary>Null for a group without mail.</summary>
    public string? Mail { get; init; }

    /// <summary>With their prefix: <c>SMTP:</c> is the primary one.</summary>
    public IReadOnlyList<string> ProxyAddresses { get; init; } = [];

    public IReadOnlyList<Guid> Members { get; init; } = [];
    public IReadOnlyList<Guid> Owners { get; init; } = [];

    /// <summary>Who may become a member through Privileged Identity Management.</summary>
    public IReadOnlyList<Guid> EligibleMembers { get; init; } = [];

    public IReadOnlyList<Guid> EligibleOwners { get; init; } = [];

    /// <summary><c>HiddenMembership</c>, <c>Public</c>, <c>Private</c> or null.</summary>
    public string? Visibility { get; init; }
}
