using Reanchor.Tenants;

namespace Reanchor.Inventories;

/// <summary>
/// Reads an upload forward once, never holding it in memory, and writes it in the form it is stored in. What reached the output of
/// a refused upload is to be thrown away; if it is not, <see cref="InventoryReader"/> refuses it, for it has no end line.
/// Exceptions are faults of the streams only.
/// </summary>
/// <param name="anchorAttribute">
/// What sync makes the anchor from; no two live accounts may share it. Unless given it is what the header names, or ConsistencyGuid.
/// </param>
public sealed class InventoryIntake(
    InventoryLimits limits, TimeProvider clock, AnchorAttribute? anchorAttribute = null)
{
    private readonly AnchorAttribute _anchorAttribute = anchorAttribute ?? AnchorAttribute.ConsistencyGuid;

    /// <param name="upload">Stays open. Compressed or not: its first bytes tell.</param>
    /// <param name="gzip">The sender says that it is compressed; then it must be.</param>
    /// <param name="output">Receives NDJSON, gzip. Stays open.</param>
    public async Task<InventoryIntakeResult> ReadNdjsonAsync(
        Stream upload, bool gzip, Stream output, CancellationToken cancellationToken)
    {
        await using var text = await MeasuredText.OpenAsync(upload, gzip, quoted: false, limits, cancellationToken);
        await using var draft = new InventoryDraft(output, limits, _anchorAttribute);
        var lines = new LineReader(text);
        var sequence = new InventorySequence(clock.GetUtcNow());
        var problems = new List<string>();

        while (!draft.IsClosed && !sequence.IsLost && await lines.ReadAsync(cancellationToken))
        {
            var account = sequence.Read(lines.Line.Span, problems);

            if (problems.Count > 0)
            {
                draft.Refuse(lines.Number, problems);
                problems.Clear();
            }
            else if (account is not null)
            {
                await draft.AddAsync(account, lines.Number, cancellationToken);
            }
            else if (sequence is { Header: { } header, Count: 0 } && lines.Number == 1)
            {
                draft.Begin(header);

                if (anchorAttribute is null && AnchorAttribute.TryParse(header.AnchorAttribute, null, out var named))
                {
                    draft.JudgeBy(named);
                }
            }
        }

        var isRead = !draft.IsClosed && !sequence.IsLost && text.Fault is null;

        if (!draft.IsClosed && !sequence.IsLost)
        {
            EndText(text, draft, sequence);
        }

        return await draft.EndAsync(
            sequence.Header,
            isRead && sequence.HasEnded ? new(sequence.Count, sequence.DeletedRead) : null,
            cancellationToken);
    }

    /// <summary>Reads what <c>Get-ADUser | Export-Csv</c> wrote, which says nothing about itself.</summary>
    /// <param name="header">What the sender says of it.</param>
    /// <param name="expectedCount">The number of accounts that the sender says it has: a CSV cut off between two rows looks whole.</param>
    /// <inheritdoc cref="ReadNdjsonAsync"/>
    public async Task<InventoryIntakeResult> ReadCsvAsync(
        Stream upload,
        bool gzip,
        InventoryHeader header,
        int expectedCount,
        Stream output,
        CancellationToken cancellationToken)
    {
        await using var text = await MeasuredText.OpenAsync(upload, gzip, quoted: true, limits, cancellationToken);
        await using var draft = new InventoryDraft(output, limits, _anchorAttribute);
        draft.Refuse(null, HeaderRules.Check(header, clock.GetUtcNow()));
        draft.Begin(header);

        var count = await CsvAccounts.ReadAsync(text, draft, cancellationToken);

        if (draft.IsClosed || count is null)
        {
            return await draft.EndAsync(header, null, cancellationToken);
        }

        if (text.Fault is { } fault)
        {
            draft.Refuse(TextProblems.Of(fault, text.Line, limits), TextProblems.Refusal(fault));
        }
        else if (!text.EndsWithLineBreak && !text.IsInsideQuotes)
        {
            draft.Refuse(new InventoryProblem(text.Line, "does not end with a line break, so it may be cut off; export it again"));
        }
        else if (count != expectedCount)
        {
            draft.Refuse(new InventoryProblem(null, $"{expectedCount} accounts were announced, but {count} are listed."));
        }
        else if (count == 0)
        {
            draft.Refuse(new InventoryProblem(null, "No account is listed; an empty inventory proves nothing."));
        }
        else if (draft is { Anchored: 0, HasProblems: false }
            && header.AnchorAttribute is null
            && _anchorAttribute == AnchorAttribute.ConsistencyGuid)
        {
            // Get-ADUser without -Properties fills no column that it was not asked for, and every anchor would look left over.
            draft.Refuse(new InventoryProblem(
                null,
                "No live account has an mS-DS-ConsistencyGuid, which this tenant's anchors are made from. Export again with -Properties "
                + "mS-DS-ConsistencyGuid, as a user who may read it. If sync has never written one in this forest, say so with "
                + "&anchorAttribute=mS-DS-ConsistencyGuid in the address: it is taken then, and approvers are warned."));
        }

        return await draft.EndAsync(
            header, text.Fault is null ? new(count.Value, DeletedRead: null) : null, cancellationToken);
    }

    private void EndText(MeasuredText text, InventoryDraft draft, InventorySequence sequence)
    {
        if (text.Fault is { } fault)
        {
            draft.Refuse(TextProblems.Of(fault, text.Line, limits), TextProblems.Refusal(fault));
            return;
        }

        var problems = new List<string>();
        sequence.End(problems);
        draft.Refuse(null, problems);
    }
}
