namespace Reanchor.Scanning;

/// <summary>A second cloud user that sync made because its real address was taken.</summary>
/// <param name="ConflictingValue">The UPN or address it wanted, without an <c>SMTP:</c> prefix.</param>
public sealed record QuarantinedDuplicate(Guid UserId, string UserPrincipalName, string ConflictingValue);
