using Reanchor.Tenants;

namespace Reanchor.Scanning;

/// <summary>The one on-premises account that the next sync would match the user to.</summary>
/// <param name="MatchedBy"><c>userPrincipalName</c>, <c>primarySmtpAddress</c>, or both.</param>
public sealed record Partner(
    CollectorId CollectorId,
    Guid ObjectGuid,
    string? UserPrincipalName,
    string? SamAccountName,
    IReadOnlyList<string> MatchedBy);
