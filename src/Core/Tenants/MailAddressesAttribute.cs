using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Reanchor.Tenants;

/// <summary>A list of plain mail addresses, of which none can smuggle in a second one or a header.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed partial class MailAddressesAttribute : ValidationAttribute
{
    public MailAddressesAttribute()
        : base("{0} must list plain mail addresses such as anton@contoso.com.")
    {
    }

    public override bool IsValid(object? value) =>
        value is not IEnumerable<string?> addresses || addresses.All(address => address is { Length: <= 254 } && Pattern().IsMatch(address));

    [GeneratedRegex(@"\A[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
