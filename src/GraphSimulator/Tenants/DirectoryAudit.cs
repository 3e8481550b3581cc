namespace Reanchor.GraphSimulator;

/// <summary>An entry of the directory audit log about one object.</summary>
public sealed record DirectoryAudit
{
    /// <summary>The activity that Entra logs when <c>isCloudManaged</c> is set back to false.</summary>
    public const string AuthorityGivenBack = "Undo changes to Source of Authority from AD DS to cloud";

    public Guid Id { get; init; } = Guid.NewGuid();
    public required DateTimeOffset ActivityDateTime { get; init; }
    public required string ActivityDisplayName { get; init; }
    public string Category { get; init; } = "UserManagement";

    /// <summary><c>success</c> or <c>failure</c>.</summary>
    public string Result { get; init; } = "success";

    public required Guid TargetId { get; init; }

    /// <summary>Such as <c>User</c> or <c>Group</c>.</summary>
    public string TargetType { get; init; } = "User";
}
