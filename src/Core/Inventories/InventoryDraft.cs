using Reanchor.Tenants;

namespace Reanchor.Inventories;

/// <summary>
/// An inventory while it is read. It is written until the first problem; only an end without problems gives it the end line,
/// without which nothing reads it as an inventory.
/// </summary>
internal sealed class InventoryDraft(Stream output, InventoryLimits limits, AnchorAttribute anchorAttribute) : IAsyncDisposable
{
    private readonly NormalisedText _text = new(output);
    private readonly RepeatFinder _objectGuids = new();
    private readonly RepeatFinder _anchors = new();
    private readonly List<InventoryProblem> _problems = [];
    private InventoryRefusal? _refusal;
    private int _accounts;
    private int _deleted;
    private int _anchored;
    private int _headerProblems;

    /// <summary>Nothing more is worth reading.</summary>
    public bool IsClosed => _refusal is InventoryRefusal.TooLarge || _problems.Count >= limits.MaxProblems;

    public bool HasProblems => _problems.Count > 0;

    /// <inheritdoc cref="InventoryTally" path="/param[@name='Anchored']"/>
    public int Anchored => _anchored;

    public void Begin(InventoryHeader header) => _text.Add(header);

    public ValueTask AddAsync(DirectoryAccount account, int line, CancellationToken cancellationToken)
    {
        if (_accounts++ == limits.MaxAccounts)
        {
            Refuse(
                new(line, $"more than {limits.MaxAccounts} accounts are listed; use a collector for each forest"),
                InventoryRefusal.TooLarge);
        }

        _objectGuids.Add(account.ObjectGuid, line);

        if (account.Deleted)
        {
            _deleted++;
        }
        else
        {
            _anchored += AnchorKey.IsSet(account, anchorAttribute) ? 1 : 0;

            // One in the recycle bin may have handed its anchor on to the account that was made in its place.
            if (AnchorKey.Of(account, anchorAttribute) is { } key)
            {
                _anchors.Add(key, line);
            }
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
        _headerProblems += _accounts == 0 ? 1 : 0;
        _refusal = refusal;
    }

    public void Refuse(int? line, IEnumerable<string> messages)
    {
        foreach (var message in messages)
        {
            Refuse(new InventoryProblem(line, message));
        }
    }

    /// <summary>Before the first account: another attribute than was given at first.</summary>
    public void JudgeBy(AnchorAttribute attribute) => anchorAttribute = attribute;

    /// <param name="end"><see langword="null"/> when it was not reached.</param>
    public async Task<InventoryIntakeResult> EndAsync(
        InventoryHeader? header, InventoryEnd? end, CancellationToken cancellationToken)
    {
        // Every anchor would look left over.
        if (end is { Count: > 0 } && anchorAttribute.IsCustom && _anchored == 0)
        {
            Refuse(new InventoryProblem(
                null,
                $"No live account has a customAnchor, and this tenant's anchors are made from {anchorAttribute.LdapName}. Check that the reader is "
                + "set to it and may read it; a CSV has it in the column customAnchor."));
        }

        InventoryProblem[] problems = [.. _problems, .. Repeats()];

        if (problems.Length > 0)
        {
            var known = IsClosed ? null : end;
            return InventoryIntakeResult.Refused(
                _refusal ?? InventoryRefusal.Invalid, header, known?.Count, known is null ? null : TallyOf(known), Order(problems));
        }

        var version = await _text.EndAsync(end!, cancellationToken);
        return InventoryIntakeResult.Accepted(header!, end!, TallyOf(end!), version);
    }

    public ValueTask DisposeAsync()
    {
        _objectGuids.Dispose();
        _anchors.Dispose();
        return _text.DisposeAsync();
    }

    private InventoryTally TallyOf(InventoryEnd end) => new(end.Count - _deleted, _deleted, _anchored + end.Count - _accounts);

    private IEnumerable<InventoryProblem> Repeats() =>
    [
        .. _objectGuids.Find(limits.MaxProblems).Select(
            r => new InventoryProblem(r.Line, $"objectGuid '{r.Key}' is listed on line {r.FirstLine} already")),
        .. _anchors.Find(limits.MaxProblems).Select(
            r => new InventoryProblem(r.Line, AnchorKey.Describe(r, anchorAttribute))),
    ];

    private InventoryProblem[] Order(InventoryProblem[] problems)
    {
        // What was wrong before the first account stays first; what concerns the whole of them comes last.
        InventoryProblem[] ordered =
            [.. problems[.._headerProblems], .. problems[_headerProblems..].OrderBy(p => p.Line ?? int.MaxValue)];
        return ordered.Length < limits.MaxProblems
            ? ordered
            : [.. ordered[..limits.MaxProblems], new(null, "There may be more problems; reading stopped here.")];
    }
}
