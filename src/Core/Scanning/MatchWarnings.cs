using Reanchor.Inventories;

namespace Reanchor.Scanning;

/// <summary>
/// What an approver should know of a match that nothing speaks against. AD masters the user afterwards and overwrites what differs
/// (Microsoft Learn, "When you already have Microsoft Entra ID").
/// </summary>
internal static class MatchWarnings
{
    /// <summary>What is said of every match, and so sets none apart.</summary>
    public const string OfEveryMatch = "After the match AD overwrites the user's attributes, and password hash sync its password.";

    private const int AddressesNamed = 5;

    public static IEnumerable<string> Of(ClassificationCase subject, ListedAccount? partner) =>
    [
        .. Doubts(subject.Inventory),
        .. partner is null ? WithoutPartner(subject) : [.. SignIn(subject.User, partner.Account), .. Addresses(subject, partner.Account)],
        .. Restored(subject.User),
        .. Identifier(subject, partner),
        .. partner is null ? Array.Empty<string>() : [OfEveryMatch],
    ];

    /// <summary>Once an account is known to hold the anchor, nothing rests on who else may.</summary>
    private static IReadOnlyList<string> Doubts(Reading<InventoryEvidence> inventory) =>
        inventory is { IsKnown: true, Value.AnchorHolders.Count: 0 } ? inventory.Value.Doubts : [];

    private static IEnumerable<string> WithoutPartner(ClassificationCase subject)
    {
        if (subject is { Tenant.Policy.ProposeWithoutPartner: true, Inventory: { IsKnown: true, Value: { Partners.Count: 0, SecondaryAddressHolders.Count: 0 } } })
        {
            yield return "No on-premises account would match: after the clear the user stays cloud-only, and no sync can prove the clear right.";
        }
    }

    private static IEnumerable<string> SignIn(CloudUser user, DirectoryAccount account)
    {
        if (account.Enabled is null)
        {
            yield return "The inventory does not say whether the on-premises account is enabled.";
        }
        else if (account.Enabled is false)
        {
            yield return "The on-premises account is disabled: after the match the user can no longer sign in.";
        }
        else if (user.AccountEnabled is false)
        {
            yield return "The cloud user is blocked from signing in and the on-premises account is enabled: after the match the user can sign in again.";
        }

        if (!Same(account.UserPrincipalName, user.UserPrincipalName))
        {
            yield return account.UserPrincipalName is null
                ? "The on-premises account has no user principal name: sync will make one up, and the sign-in name changes."
                : $"The sign-in name changes to {account.UserPrincipalName}.";
        }
    }

    private static IEnumerable<string> Addresses(ClassificationCase subject, DirectoryAccount account)
    {
        var user = subject.User;

        if (user.PrimarySmtpAddress is { } primary && !Same(primary, account.PrimarySmtpAddress))
        {
            yield return account.PrimarySmtpAddress is null
                ? $"The on-premises account has no mail address: the user may lose {primary}."
                : $"The primary address changes from {primary} to {account.PrimarySmtpAddress}.";
        }

        if (account.Mail is { } mail && !Same(mail, user.Mail) && !Same(mail, account.PrimarySmtpAddress))
        {
            yield return $"The mail attribute changes to {mail}.";
        }

        // The same address with another prefix is not lost, whichever of the two is the primary one.
        var lost = user.ProxyAddresses
            .Where(address => address.StartsWith("smtp:", StringComparison.Ordinal))
            .Except(account.ProxyAddresses, StringComparer.OrdinalIgnoreCase)
            .Select(address => address["smtp:".Length..])
            .ToList();

        if (lost.Count > 0)
        {
            yield return $"{lost.Count} secondary address{(lost.Count == 1 ? "" : "es")} of the cloud user will be lost, because AD does not list "
                + $"{(lost.Count == 1 ? "it" : "them")}: {string.Join(", ", lost.Take(AddressesNamed))}{(lost.Count > AddressesNamed ? ", ..." : "")}.";
        }

        if (account.MailboxGuid is not null)
        {
            yield return "The on-premises account has a mailbox, which becomes the user's.";
        }

        foreach (var holder in subject.Inventory.Value.SecondaryAddressHolders)
        {
            yield return $"{holder.Name} has the user's name or address as a secondary address, which sync may report as a conflict.";
        }
    }

    private static IEnumerable<string> Restored(CloudUser user)
    {
        if (user.OnPremisesSyncEnabled is false)
        {
            yield return "The user was synced, deleted and restored. Microsoft's pages and its support disagree whether sync matches such a user: do not count on it.";
        }
    }

    private static IEnumerable<string> Identifier(ClassificationCase subject, ListedAccount? partner)
    {
        if (subject.User.OnPremises.ObjectIdentifier is not { } identifier)
        {
            yield break;
        }

        yield return "The user carries onPremisesObjectIdentifier, which cannot be written back once it changes.";

        if (subject.Tenant.Policy.IncludeForeignObjectIdentifier
            && partner is not null && subject.User.OnPremises.IdentifyAnotherThan(partner.Account.ObjectGuid))
        {
            yield return $"It is {identifier}, not the objectGUID of the account that would match. Sync may refuse to change it "
                + "(AttributeUpdateNotAllowed): then the user matches only after a second clear, which cannot be undone.";
        }
    }

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
