using Reanchor.Inventories;

namespace Reanchor.Scanning;

/// <summary>
/// By what a soft match would pair a cloud user with an on-premises account: UPN with UPN, primary SMTP address with primary SMTP
/// address, whatever their case. Secondary addresses are not relied on (Microsoft Learn, "When you already have Microsoft Entra ID").
/// </summary>
public static class PartnerMatch
{
    public const string ByUserPrincipalName = "userPrincipalName";
    public const string ByPrimarySmtpAddress = "primarySmtpAddress";

    private static readonly string[] Both = [ByUserPrincipalName, ByPrimarySmtpAddress];
    private static readonly string[] UserPrincipalNameOnly = [ByUserPrincipalName];
    private static readonly string[] PrimarySmtpAddressOnly = [ByPrimarySmtpAddress];

    /// <returns>One of the constants, both, or nothing. Whether the account is live is not looked at.</returns>
    public static IReadOnlyList<string> MatchedBy(CloudUser user, DirectoryAccount account) =>
        (SharesUserPrincipalName(user, account), SharesPrimarySmtpAddress(user, account)) switch
        {
            (true, true) => Both,
            (true, false) => UserPrincipalNameOnly,
            (false, true) => PrimarySmtpAddressOnly,
            _ => [],
        };

    private static bool SharesUserPrincipalName(CloudUser user, DirectoryAccount account) =>
        Same(user.UserPrincipalName, account.UserPrincipalName);

    private static bool SharesPrimarySmtpAddress(CloudUser user, DirectoryAccount account) =>
        Same(user.PrimarySmtpAddress, account.PrimarySmtpAddress);

    private static bool Same(string? left, string? right) =>
        !string.IsNullOrEmpty(left) && string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
