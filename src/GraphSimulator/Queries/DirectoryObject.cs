namespace Reanchor.GraphSimulator;

/// <summary>A member or owner as a list of mixed objects shows it.</summary>
internal sealed record DirectoryObject(Guid Id, string ODataType, string? DisplayName, string? UserPrincipalName);
