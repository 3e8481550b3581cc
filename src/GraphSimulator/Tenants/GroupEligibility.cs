namespace Reanchor.GraphSimulator;

/// <summary>A membership or ownership of a group that a principal may activate.</summary>
internal sealed record GroupEligibility(Guid GroupId, Guid PrincipalId, string AccessId)
{
    public string Id => $"{GroupId}_{AccessId}_{PrincipalId}";

    public static IEnumerable<GroupEligibility> Of(SimulatedGroup group) =>
    [
        .. group.EligibleMembers.Select(principal => new GroupEligibility(group.Id, principal, "member")),
        .. group.EligibleOwners.Select(principal => new GroupEligibility(group.Id, principal, "owner")),
    ];
}
