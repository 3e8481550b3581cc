namespace Reanchor.GraphSimulator;

internal static class Addresses
{
    private const string SmtpPrefix = "smtp:";

    public static string? Primary(IReadOnlyList<string> proxyAddresses, string? mail)
    {
        foreach (var address in proxyAddresses)
        {
            if (address.StartsWith("SMTP:", StringComparison.Ordinal))
            {
                return address[SmtpPrefix.Length..];
            }
        }

        return mail;
    }

    /// <summary>The bare address; values of another kind (x500, sip ...) are kept whole.</summary>
    public static string Bare(string proxyAddress) =>
        proxyAddress.StartsWith(SmtpPrefix, StringComparison.OrdinalIgnoreCase) ? proxyAddress[SmtpPrefix.Length..] : proxyAddress;

    /// <summary>Everything that may belong to one user only: UPN, mail and each proxy address, bare.</summary>
    public static IEnumerable<string> All(string upn, string? mail, IReadOnlyList<string> proxyAddresses)
    {
        yield return upn;

        if (mail is not null)
        {
            yield return mail;
        }

        foreach (var address in proxyAddresses)
        {
            yield return Bare(address);
        }
    }
}
