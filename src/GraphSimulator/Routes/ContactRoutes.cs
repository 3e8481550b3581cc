namespace Reanchor.GraphSimulator;

internal static class ContactRoutes
{
    // Graph returns far more of a contact than is modelled, so a list without $select would be a guess.
    public static GraphResponse List(GraphRequest request) =>
        new Collection<SimulatedContact>(DirectoryTypes.Contact, "contacts")
        {
            All = () => request.Tenant.Contacts,
            RequiresSelect = true,
        }.Answer(request);
}
