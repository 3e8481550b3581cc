using System.Text.Json.Serialization;
using Reanchor.Tenants;

namespace Reanchor.Scanning;

/// <summary>The one on-premises account that the next sync would match the user to.</summary>
/// <param name="MatchedBy"><c>userPrincipalName</c>, <c>primarySmtpAddress</c>, or both.</param>
public sealed record Partner(
    CollectorId CollectorId,
    Guid ObjectGuid,
    string? UserPrincipalName,
    string? SamAccountName,
    IReadOnlyList<string> MatchedBy)
{
    /// <summary>
    /// Where the account was in AD at that time; <see langword="null"/> when the inventory does not say. An account may be moved at any time, so no
    /// approval rests on it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DistinguishedName { get; init; }
}
