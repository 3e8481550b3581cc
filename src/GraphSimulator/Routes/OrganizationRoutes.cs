namespace Reanchor.GraphSimulator;

internal static class OrganizationRoutes
{
    public static GraphResponse Organization(GraphRequest request) =>
        new Collection<SimulatedTenant>(DirectoryTypes.Organization, "organization")
        {
            All = () => [request.Tenant],
            Options = ["$select"],
        }.Answer(request);

    public static GraphResponse Domains(GraphRequest request) =>
        new Collection<SimulatedDomain>(DirectoryTypes.Domain, "domains")
        {
            All = () => request.Tenant.Domains,
            Options = ["$select"],
        }.Answer(request);

    public static GraphResponse Synchronization(GraphRequest request)
    {
        request.Query.Allow();
        var features = request.Tenant.Features;

        return GraphResponse.Ok(EntityWriter.Write(json =>
        {
            json.WriteString("@odata.context", $"{request.Origin}/{request.Version}/$metadata#directory/onPremisesSynchronization");
            json.WriteStartArray("value");
            json.WriteStartObject();
            json.WriteString("id", request.Tenant.Id);
            json.WriteStartObject("features");
            json.WriteBoolean("blockSoftMatchEnabled", features.BlockSoftMatchEnabled);
            json.WriteBoolean("blockCloudObjectTakeoverThroughHardMatchEnabled", features.BlockCloudObjectTakeoverThroughHardMatchEnabled);
            json.WriteBoolean("softMatchOnUpnEnabled", features.SoftMatchOnUpnEnabled);
            json.WriteBoolean("quarantineUponUpnConflictEnabled", features.QuarantineUponUpnConflictEnabled);
            json.WriteBoolean("quarantineUponProxyAddressesConflictEnabled", features.QuarantineUponProxyAddressesConflictEnabled);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
        }));
    }
}
