namespace Reanchor.Scanning;

/// <summary>One page of users that carry an anchor and are not synced.</summary>
/// <param name="UsersRead">Users the server sent, more than <paramref name="Users"/> when it could not filter on the anchor.</param>
/// <param name="Next">Where the next page starts; opaque, bound to the tenant, perishable. <see langword="null"/> at the end.</param>
public sealed record UserPage(IReadOnlyList<CloudUser> Users, int UsersRead, string? Next);
