using System.Text.Json;

namespace Reanchor.Inventories;

internal static class AccountProperties
{
    public static AccountProperty[] All { get; } = Enum.GetValues<AccountProperty>();

    /// <summary>Indexed by <see cref="AccountProperty"/>.</summary>
    public static JsonEncodedText[] JsonNames { get; } =
        [.. All.Select(p => JsonEncodedText.Encode(JsonNamingPolicy.CamelCase.ConvertName(p.ToString())))];

    public static JsonEncodedText JsonName(this AccountProperty property) => JsonNames[(int)property];

    /// <summary>The column of a CSV: what <c>Get-ADUser | Export-Csv</c> calls it.</summary>
    public static string CsvName(this AccountProperty property) => property switch
    {
        AccountProperty.ObjectGuid => "ObjectGUID",
        AccountProperty.ConsistencyGuid => "mS-DS-ConsistencyGuid",
        AccountProperty.Sid => "SID",
        AccountProperty.UserPrincipalName => "UserPrincipalName",
        AccountProperty.SamAccountName => "SamAccountName",
        AccountProperty.Enabled => "Enabled",
        AccountProperty.Deleted => "Deleted",
        AccountProperty.DistinguishedName => "DistinguishedName",
        _ => property.JsonName().Value,
    };

    /// <summary>Without one of the others, accounts would silently lose evidence.</summary>
    public static bool IsOptionalInCsv(this AccountProperty property) =>
        property is AccountProperty.OddConsistencyGuid or AccountProperty.CustomAnchor or AccountProperty.Deleted or AccountProperty.MailboxGuid
            or AccountProperty.DistinguishedName;
}
