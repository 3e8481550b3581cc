namespace Reanchor.GraphSimulator;

/// <summary>Northwind's sync stopped months ago. Nothing can pair there, so a leftover is reported and no more.</summary>
internal static class NorthwindTenant
{
    public static void AddTo(SimulatedCloud cloud)
    {
        var tenant = cloud.AddTenant("Northwind", "northwind.onmicrosoft.com", SampleTenants.Northwind)
            .AddDomain("northwind.example", isDefault: true);
        tenant.OnPremisesSyncEnabled = null;
        tenant.OnPremisesLastSyncDateTime = cloud.Clock.GetUtcNow().AddDays(-142);
        tenant.Settings = tenant.Settings with { SyncServerRunning = false };

        var company = new SampleCompany(tenant, "northwind.example");
        var forest = tenant.AddForest("northwind.example");
        company.User("Sofia Marino", SampleCompany.OldAnchorOf("Sofia Marino"));
        company.Account(forest, "Sofia Marino");
        company.User("Henrik Dahl", anchor: null);
        company.Account(forest, "Henrik Dahl");
    }
}
