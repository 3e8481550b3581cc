namespace Reanchor.GraphSimulator;

/// <summary>Fabrikam synchronises two forests. An anchor counts as left over only if neither of them knows it.</summary>
internal static class FabrikamTenant
{
    private const string Domain = "fabrikam.example";

    public static void AddTo(SimulatedCloud cloud)
    {
        var tenant = cloud.AddTenant("Fabrikam", "fabrikam.onmicrosoft.com", SampleTenants.Fabrikam).AddDomain(Domain, isDefault: true);
        tenant.OnPremisesSyncEnabled = true;
        tenant.OnPremisesLastSyncDateTime = cloud.Clock.GetUtcNow().AddMinutes(-21);

        var company = new SampleCompany(tenant, Domain);
        var headquarters = tenant.AddForest("fabrikam.example");
        var emea = tenant.AddForest("emea.fabrikam.example");

        foreach (var name in (string[])["Anita Kowalski", "Marcus Bell", "Yuki Tanaka"])
        {
            company.Pair(headquarters, name);
        }

        foreach (var name in (string[])["Claire Fontaine", "Stefan Gruber"])
        {
            company.Pair(emea, name);
        }

        company.User("Rosa Delgado", SampleCompany.OldAnchorOf("Rosa Delgado"));
        company.Account(headquarters, "Rosa Delgado");

        company.User("Mikkel Jensen", SampleCompany.OldAnchorOf("Mikkel Jensen"));
        company.Account(emea, "Mikkel Jensen");

        // Moved between the forests: the account in EMEA carries the first forest's GUID on, outside the scope for now.
        var movedFrom = SampleCompany.IdOf("fabrikam.example/Pauline Mercier");
        company.User("Pauline Mercier", AdAccount.ToAnchor(movedFrom));
        company.Account(emea, "Pauline Mercier", account => account with { ConsistencyGuid = movedFrom, InScope = false });

        // The anchor is gone from AD, but the account it came from is not: the SID is still there.
        var bruno = company.Account(headquarters, "Bruno Costa");
        company.User("Bruno Costa", SampleCompany.OldAnchorOf("Bruno Costa"), user => user with { OnPremisesSecurityIdentifier = bruno.Sid });
    }
}
