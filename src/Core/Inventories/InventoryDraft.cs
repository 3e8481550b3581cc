namespace Reanchor.Inventories;

/// <summary>
/// An inventory while it is read. It is written until the first problem; only an end without problems gives it the end line,
/// without which nothing reads it as an inventory.
/// </summary>
internal sealed class InventoryDraft(Stream output, InventoryLimits limits) : IAsyncDisposable
{
    private readonly NormalisedText _text = new(output);
    private readonly Dictionary<Guid, int> _lines = [];
    private readonly List<InventoryProblem> _problems = [];
    private InventoryRefusal? _refusal;

    /// <summary>Nothing more is worth reading.</summary>
    public bool IsClosed => _refusal is InventoryRefusal.TooLarge || _problems.Count >= limits.MaxProblems;

    public void Begin(InventoryHeader header) => _text.Add(header);

    public ValueTask AddAsync(DirectoryAccount account, int line, CancellationToken cancellationToken)
    {
        if (_lines.Count == limits.MaxAccounts)
        {
            Refuse(
                new(line, $"more than {limits.MaxAccounts} accounts are listed; use a collector for each forest"),
                InventoryRefusal.TooLarge);
        }
        else if (!_lines.TryAdd(account.ObjectGuid, line))
        {
            Refuse(new(line, $"objectGuid '{account.ObjectGuid}' is listed on line {_lines[account.ObjectGuid]} already"));
        }

        if (_problems.Count > 0)
        {
            return ValueTask.CompletedTask;
        }

        _text.Add(account);
        return _text.FlushAsync(cancellationToken);
    }

    public void Refuse(InventoryProblem problem, InventoryRefusal refusal = InventoryRefusal.Invalid)
    {
        if (IsClosed)
        {
            return;
        }

        _problems.Add(problem);
        _refusal = refusal;
    }

    public void Refuse(int? line, IEnumerable<string> messages)
    {
        foreach (var message in messages)
        {
            Refuse(new InventoryProblem(line, message));
        }
    }

    public async Task<InventoryIntakeResult> EndAsync(
        InventoryHeader? header, int count, CancellationToken cancellationToken)
    {
        if (_refusal is { } refusal)
        {
            return InventoryIntakeResult.Refused(
                refusal,
                _problems.Count < limits.MaxProblems
                    ? _problems
                    : [.. _problems, new(null, "There may be more problems; reading stopped here.")]);
        }

        var version = await _text.EndAsync(count, cancellationToken);
        return InventoryIntakeResult.Accepted(header!, count, version);
    }

    public ValueTask DisposeAsync() => _text.DisposeAsync();
}
