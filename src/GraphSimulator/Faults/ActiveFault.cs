namespace Reanchor.GraphSimulator;

/// <summary>A fault in force. The injector's lock guards its counters.</summary>
public sealed class ActiveFault(int id, Fault fault)
{
    private readonly Random _random = new(id);
    private int _skipped;

    public int Id { get; } = id;
    public Fault Fault { get; } = fault;

    /// <summary>How many requests it has failed.</summary>
    public int Struck { get; private set; }

    internal bool Strikes()
    {
        if (Struck >= Fault.Count)
        {
            return false;
        }

        if (_skipped < Fault.Skip)
        {
            _skipped++;
            return false;
        }

        if (Fault.Probability < 1 && _random.NextDouble() >= Fault.Probability)
        {
            return false;
        }

        Struck++;
        return true;
    }
}
