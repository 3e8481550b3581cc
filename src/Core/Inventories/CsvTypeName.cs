namespace Reanchor.Inventories;

/// <summary>
/// <c>Export-Csv</c> writes the name of a type where a value is a list or bytes. The value itself is lost then, so the row is
/// refused, with the expression that exports it.
/// </summary>
internal static class CsvTypeName
{
    /// <returns><see langword="null"/> when the value is a value.</returns>
    public static string? Cure(AccountProperty property, string value)
    {
        var isList = value.StartsWith("System.", StringComparison.Ordinal) && value.EndsWith("[]", StringComparison.Ordinal);

        if (!isList && value is not "Microsoft.ActiveDirectory.Management.ADPropertyValueCollection")
        {
            return null;
        }

        var name = property.CsvName();

        var expression = property switch
        {
            AccountProperty.ProxyAddresses => "$_.proxyAddresses -join ';'",
            AccountProperty.ConsistencyGuid or AccountProperty.OddConsistencyGuid or AccountProperty.MailboxGuid or AccountProperty.CustomAnchor =>
                $"if ($_.'{name}') {{ [Convert]::ToBase64String($_.'{name}') }}",
            _ => $"[string]$_.'{name}'",
        };

        return $"{name} is '{value}', which is what Export-Csv writes instead of the value; select it with "
            + $"@{{ Name = '{name}'; Expression = {{ {expression} }} }}";
    }
}
