using System.Globalization;

namespace Reanchor.GraphSimulator;

/// <summary>Writes an account's attributes onto a cloud user. A value that another user holds is withheld and recorded as a conflict.</summary>
internal sealed class UserExport(SimulatedTenant tenant, AddressIndex index, DateTimeOffset now)
{
    public SimulatedUser Apply(SimulatedUser user, AdAccount account, string forest, string anchor)
    {
        var conflicts = new List<ProvisioningError>();
        var upn = Upn(user, account, conflicts);
        IReadOnlyList<string> wanted = account is { ProxyAddresses: [], Mail: { } mail } ? ["SMTP:" + mail] : account.ProxyAddresses;
        List<string> addresses = [.. wanted.Where(address => IsFree(address, user.Id, conflicts))];

        return user with
        {
            UserPrincipalName = upn,
            DisplayName = account.DisplayName ?? user.DisplayName ?? account.SamAccountName,
            Mail = wanted.Count == 0 ? user.Mail : Addresses.Primary(addresses, null),
            ProxyAddresses = wanted.Count == 0 ? user.ProxyAddresses : addresses,
            AccountEnabled = account.Enabled,
            OnPremisesSyncEnabled = true,
            OnPremisesImmutableId = anchor,
            OnPremisesLastSyncDateTime = now,
            OnPremisesSecurityIdentifier = account.Sid,
            OnPremisesSamAccountName = account.SamAccountName,
            OnPremisesDistinguishedName = account.DistinguishedName,
            OnPremisesDomainName = forest,
            OnPremisesUserPrincipalName = account.UserPrincipalName,
            OnPremisesObjectIdentifier = account.ObjectGuid.ToString(),
            OnPremisesProvisioningErrors = conflicts,
        };
    }

    /// <summary>The UPN that the account asks for: a suffix that is no verified domain becomes the initial domain.</summary>
    public string WantedUpn(AdAccount account)
    {
        var at = account.UserPrincipalName.LastIndexOf('@');
        var suffix = account.UserPrincipalName[(at + 1)..];
        return tenant.Domains.Any(domain => domain.IsVerified && domain.Id.Equals(suffix, StringComparison.OrdinalIgnoreCase))
            ? account.UserPrincipalName
            : $"{account.UserPrincipalName[..Math.Max(at, 0)]}@{tenant.InitialDomain}";
    }

    private string Upn(SimulatedUser user, AdAccount account, List<ProvisioningError> conflicts)
    {
        var wanted = WantedUpn(account);

        if (index.OtherHolder(wanted, user.Id) is null && (tenant.Directory.FindByUpn(wanted) ?? user).Id == user.Id)
        {
            return wanted;
        }

        conflicts.Add(new() { OccurredDateTime = now, PropertyCausingError = "UserPrincipalName", Value = wanted });
        return user.UserPrincipalName.Length > 0 ? user.UserPrincipalName : Placeholder(account);
    }

    // prefix + four digits @ initial domain; the digits come from the account, so a run can be repeated.
    private string Placeholder(AdAccount account)
    {
        var prefix = account.UserPrincipalName.Split('@')[0];
        var digits = (uint)account.ObjectGuid.GetHashCode() % 10_000;

        while (true)
        {
            var upn = string.Create(CultureInfo.InvariantCulture, $"{prefix}{digits:D4}@{tenant.InitialDomain}");

            if (tenant.Directory.FindByUpn(upn) is null)
            {
                return upn;
            }

            digits = (digits + 1) % 10_000;
        }
    }

    private bool IsFree(string address, Guid userId, List<ProvisioningError> conflicts)
    {
        if (index.OtherHolder(Addresses.Bare(address), userId) is null)
        {
            return true;
        }

        conflicts.Add(new() { OccurredDateTime = now, PropertyCausingError = "ProxyAddresses", Value = address });
        return false;
    }
}
