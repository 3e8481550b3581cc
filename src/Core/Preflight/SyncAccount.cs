namespace Reanchor.Preflight;

/// <summary>A principal that holds the role Directory Synchronization Accounts.</summary>
/// <param name="UserPrincipalName"><see langword="null"/> when it is no user, or its name could not be read.</param>
public sealed record SyncAccount(Guid Id, string? UserPrincipalName);
