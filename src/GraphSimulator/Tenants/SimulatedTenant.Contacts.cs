namespace Reanchor.GraphSimulator;

public sealed partial class SimulatedTenant
{
    private readonly List<SimulatedContact> _contacts = [];

    public IReadOnlyList<SimulatedContact> Contacts => Copy(_contacts);

    public SimulatedContact AddContact(SimulatedContact contact)
    {
        var added = contact.Id == Guid.Empty ? contact with { Id = Guid.NewGuid() } : contact;

        lock (Gate)
        {
            _contacts.RemoveAll(existing => existing.Id == added.Id);
            _contacts.Add(added);
        }

        return added;
    }
}
