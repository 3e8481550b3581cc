namespace Reanchor.GraphSimulator;

/// <summary>
/// Contoso connected the new forest corp.contoso.example to a tenant that already had users. Most paired up. Three refuse
/// because of an anchor from a sync of years ago; the others look like them and must be left alone, each for a reason of its own.
/// </summary>
internal static class ContosoTenant
{
    private const string Domain = "contoso.example";
    private const string FederatedDomain = "sso.contoso.example";

    public static void AddTo(SimulatedCloud cloud)
    {
        var tenant = cloud.AddTenant("Contoso", "contoso.onmicrosoft.com", SampleTenants.Contoso)
            .AddDomain(Domain, isDefault: true)
            .AddDomain(FederatedDomain, federated: true);
        tenant.OnPremisesSyncEnabled = true;
        tenant.OnPremisesLastSyncDateTime = cloud.Clock.GetUtcNow().AddMinutes(-12);

        var company = new SampleCompany(tenant, Domain);
        var forest = tenant.AddForest("corp.contoso.example");

        foreach (var name in (string[])["Maya Lindqvist", "Tom Okafor", "Priya Raman", "Lucas Ferreira", "Hannah Weiss"])
        {
            company.Pair(forest, name);
        }

        AddLeftovers(company, forest);
        AddLookAlikes(company, forest);
        AddProtected(company, forest);
    }

    private static void AddLeftovers(SampleCompany company, AdForest forest)
    {
        // Matches by UPN: the new account has no mail address yet.
        company.User("Elena Petrova", SampleCompany.OldAnchorOf("Elena Petrova"));
        company.Account(forest, "Elena Petrova", account => account with { Mail = null, ProxyAddresses = [] });

        // Matches by primary SMTP address: the cloud UPN has the long first name.
        company.User("Sam Carter", SampleCompany.OldAnchorOf("Sam Carter"), user => user with
        {
            UserPrincipalName = company.AddressOf("Samuel Carter"),
        });
        company.Account(forest, "Sam Carter");

        // Matches by both.
        company.User("Nadia Haddad", SampleCompany.OldAnchorOf("Nadia Haddad"));
        company.Account(forest, "Nadia Haddad");
    }

    private static void AddLookAlikes(SampleCompany company, AdForest forest)
    {
        // The anchor lives on in AD, in an organisational unit outside the sync scope.
        var oskar = company.Account(forest, "Oskar Nyman", account => account with { InScope = false });
        company.User("Oskar Nyman", AdAccount.ToAnchor(oskar.ObjectGuid));

        // Another identity provider's sign-in key.
        company.User("Grace Whitfield", "00u1f9xk2mQ7vB4zL5d7");
        company.Account(forest, "Grace Whitfield");

        // Signs in through a federated domain, where the anchor is the key.
        company.User("Daniel Mercer", SampleCompany.OldAnchorOf("Daniel Mercer"), user => user with
        {
            UserPrincipalName = SampleCompany.AddressOf("Daniel Mercer", FederatedDomain),
        });
        company.Account(forest, "Daniel Mercer");

        // Source of authority was moved to the cloud; the anchor is the way back.
        company.User("Ingrid Solberg", SampleCompany.OldAnchorOf("Ingrid Solberg"), user => user with { IsCloudManaged = true });
        company.Account(forest, "Ingrid Solberg");

        // Nobody in AD to pair with.
        company.User("Walter Brandt", SampleCompany.OldAnchorOf("Walter Brandt"));

        // Two accounts in AD claim her: one by UPN, one by mail address.
        company.User("Julia Marsh", SampleCompany.OldAnchorOf("Julia Marsh"), user => user with
        {
            Mail = company.AddressOf("J Marsh"),
            ProxyAddresses = ["SMTP:" + company.AddressOf("J Marsh")],
        });
        company.Account(forest, "Julia Marsh", account => account with { Mail = null, ProxyAddresses = [] });
        company.Account(forest, "J Marsh", account => account with { UserPrincipalName = company.AddressOf("Julian Marsh"), DisplayName = "Julian Marsh" });

        // A soft-deleted user holds the same anchor: a restore could not write it back.
        company.User("Peter Holm", SampleCompany.OldAnchorOf("Peter Holm"));
        company.DeletedUser("Peter Holm", SampleCompany.OldAnchorOf("Peter Holm"));
        company.Account(forest, "Peter Holm");
    }

    private static void AddProtected(SampleCompany company, AdForest forest)
    {
        var victor = company.User("Victor Alvarez", SampleCompany.OldAnchorOf("Victor Alvarez"));
        company.Account(forest, "Victor Alvarez");
        company.Tenant.AssignRole(victor.Id, BuiltInRole.UserAdministrator);

        var amelia = company.User("Amelia Novak", SampleCompany.OldAnchorOf("Amelia Novak"));
        company.Account(forest, "Amelia Novak");
        company.Tenant.MakeEligible(amelia.Id, BuiltInRole.GlobalAdministrator);

        company.User("Kenji Ito", SampleCompany.OldAnchorOf("Kenji Ito"), user => user with
        {
            UserPrincipalName = "kenji.ito_litware.example#EXT#@contoso.onmicrosoft.com",
            Mail = SampleCompany.AddressOf("Kenji Ito", "litware.example"),
            ProxyAddresses = ["SMTP:" + SampleCompany.AddressOf("Kenji Ito", "litware.example")],
            UserType = "Guest",
            ExternalUserState = "Accepted",
            UserPurpose = null,
        });

        company.User("Reception", SampleCompany.OldAnchorOf("Reception"), user => user with { UserPurpose = "shared" });
        company.Account(forest, "Reception");
    }
}
