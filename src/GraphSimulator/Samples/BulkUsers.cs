using System.Globalization;

namespace Reanchor.GraphSimulator;

/// <summary>Users made up by number, for tests of size. The same numbers give the same users.</summary>
public static class BulkUsers
{
    private static readonly DateTimeOffset Created = new(2019, 3, 1, 8, 0, 0, TimeSpan.Zero);

    /// <param name="plain">Cloud users without an anchor: <c>user0000000@...</c></param>
    /// <param name="leftovers">Never-synced users with an anchor that no AD account has: <c>leftover0000000@...</c></param>
    /// <param name="partners">Gets an account with the same UPN for each leftover; null for none.</param>
    public static void AddTo(SimulatedTenant tenant, int plain, int leftovers, AdForest? partners = null)
    {
        var domain = tenant.Domains.FirstOrDefault(candidate => !candidate.IsInitial)?.Id ?? tenant.InitialDomain;
        tenant.AddUsers(Users(plain, leftovers, domain), plain + leftovers);

        for (var i = 0; partners is not null && i < leftovers; i++)
        {
            partners.AddAccount(new()
            {
                ObjectGuid = Id(3, i),
                UserPrincipalName = $"{LeftoverName(i)}@{domain}",
                DisplayName = LeftoverName(i),
            });
        }
    }

    private static IEnumerable<SimulatedUser> Users(int plain, int leftovers, string domain)
    {
        // Spread among the plain ones, as in life, so that a scan cannot stop early.
        var every = leftovers == 0 ? int.MaxValue : Math.Max(1, plain / leftovers);
        var made = 0;

        for (var i = 0; i < plain; i++)
        {
            yield return User(Id(1, i), string.Create(CultureInfo.InvariantCulture, $"user{i:D7}"), domain, null);

            if (i % every == every - 1 && made < leftovers)
            {
                yield return Leftover(made++, domain);
            }
        }

        while (made < leftovers)
        {
            yield return Leftover(made++, domain);
        }
    }

    private static SimulatedUser Leftover(int number, string domain) =>
        User(Id(2, number), LeftoverName(number), domain, AdAccount.ToAnchor(Id(4, number)));

    private static SimulatedUser User(Guid id, string name, string domain, string? anchor)
    {
        var upn = $"{name}@{domain}";
        var user = new SimulatedUser { Id = id, UserPrincipalName = upn, DisplayName = name, Mail = upn, CreatedDateTime = Created };
        return anchor is null ? user : user with { OnPremisesImmutableId = anchor };
    }

    private static string LeftoverName(int number) => string.Create(CultureInfo.InvariantCulture, $"leftover{number:D7}");

    private static Guid Id(short kind, int number) => new(number, kind, 0x4b1d, 0x8c, 0x5a, 0x72, 0x65, 0x61, 0x6e, 0x63, 0x68);
}
