namespace Reanchor.GraphSimulator;

/// <summary>Holds the faults in force. Safe to use while requests run.</summary>
public sealed class FaultInjector
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, ActiveFault> _faults = [];
    private int _lastId;

    /// <summary>The faults in force and how often each has struck.</summary>
    public IReadOnlyList<ActiveFault> Active
    {
        get
        {
            lock (_gate)
            {
                return [.. _faults.Values];
            }
        }
    }

    /// <exception cref="ArgumentException">The pattern is not a regular expression.</exception>
    /// <returns>The id to remove it by.</returns>
    public int Add(Fault fault)
    {
        if (fault.Pattern is not null)
        {
            _ = new System.Text.RegularExpressions.Regex(fault.Pattern);
        }

        lock (_gate)
        {
            _faults[++_lastId] = new(_lastId, fault);
            return _lastId;
        }
    }

    public bool Remove(int id)
    {
        lock (_gate)
        {
            return _faults.Remove(id);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
        }
    }

    /// <summary>The fault that strikes this request, if any.</summary>
    internal Fault? Strike(Guid tenantId, string method, string target) =>
        Take(active => active.Fault.Kind != FaultKind.WrongAnchor && active.Fault.Matches(tenantId, method, target));

    internal bool StrikesAnchor(Guid tenantId) =>
        Take(active => active.Fault.Kind == FaultKind.WrongAnchor && (active.Fault.TenantId ?? tenantId) == tenantId) is not null;

    private Fault? Take(Predicate<ActiveFault> matches)
    {
        lock (_gate)
        {
            foreach (var active in _faults.Values)
            {
                if (matches(active) && active.Strikes())
                {
                    return active.Fault;
                }
            }

            return null;
        }
    }
}
