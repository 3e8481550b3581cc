namespace Reanchor.GraphSimulator;

/// <summary>The fictional companies of the demonstration: the same people, ids and anchors on every run.</summary>
public static class SampleTenants
{
    /// <summary>Connected a new forest to an old tenant; some users refuse to pair.</summary>
    public static readonly Guid Contoso = new("c0a7050a-1b6e-4f0d-9a3e-5d2f7b8c9e01");

    /// <summary>Synchronises two forests.</summary>
    public static readonly Guid Fabrikam = new("fab21ca3-7c44-4d8b-8e15-20a9d4b6c702");

    /// <summary>Its sync stopped months ago.</summary>
    public static readonly Guid Northwind = new("90874319-3d52-4a6c-b7f8-6e1c0d9a5b03");

    public static SimulatedCloud AddTo(SimulatedCloud cloud)
    {
        ContosoTenant.AddTo(cloud);
        FabrikamTenant.AddTo(cloud);
        NorthwindTenant.AddTo(cloud);
        return cloud;
    }
}
