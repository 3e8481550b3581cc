using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using CsvHelper;

namespace Reanchor.Inventories;

/// <summary>The rows of a CSV, read into a draft.</summary>
internal static class CsvAccounts
{
    /// <returns>The number of rows; <see langword="null"/> when the header row is of no use.</returns>
    public static async Task<int?> ReadAsync(MeasuredText text, InventoryDraft draft, CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(text, new(leaveOpen: true));
        var header = (await ReadLineAsync(pipe, cancellationToken)).TrimStart('\uFEFF');
        var headerLines = 1;

        // Windows PowerShell 5.1 writes this line unless it is told -NoTypeInformation.
        if (header.StartsWith("#TYPE ", StringComparison.Ordinal))
        {
            header = await ReadLineAsync(pipe, cancellationToken);
            headerLines++;
        }

        if (text.Fault is not null)
        {
            return 0;
        }

        if (header.Length == 0)
        {
            draft.Refuse(new InventoryProblem(null, "The upload is empty."));
            return null;
        }

        var problems = new List<string>();
        var columns = CsvColumns.Read(header, problems);
        draft.Refuse(headerLines, problems);

        if (columns is null)
        {
            return null;
        }

        await using var rows = pipe.AsStream();
        return await ReadRowsAsync(rows, headerLines, columns, text, draft, cancellationToken);
    }

    private static async Task<string> ReadLineAsync(PipeReader pipe, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await pipe.ReadAsync(cancellationToken);
            var lineBreak = read.Buffer.PositionOf((byte)'\n');

            if (lineBreak is { } position)
            {
                var line = Encoding.UTF8.GetString(read.Buffer.Slice(0, position));
                pipe.AdvanceTo(read.Buffer.GetPosition(1, position));
                return line.TrimEnd('\r');
            }

            if (read.IsCompleted)
            {
                var rest = Encoding.UTF8.GetString(read.Buffer);
                pipe.AdvanceTo(read.Buffer.End);
                return rest;
            }

            pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static async Task<int> ReadRowsAsync(
        Stream rows,
        int headerLines,
        CsvColumns columns,
        MeasuredText text,
        InventoryDraft draft,
        CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var options = new CsvReaderOptions
        {
            Separator = columns.Separator,
            HasHeader = false,
            TrackLineNumbers = true,
            Encoding = Encoding.UTF8,
            OnMalformedRecord = malformed => problems.Add(Describe(malformed.Reason)),
        };

        using var reader = CsvReader.Create(rows, options, leaveOpen: true);
        var count = 0;

        while (!draft.IsClosed && await reader.ReadAsync(cancellationToken) && text.Fault is null)
        {
            count++;
            var line = headerLines + (int)reader.LineNumber;

            if (CsvAccount.Read(reader, columns, problems) is { } account)
            {
                await draft.AddAsync(account, line, cancellationToken);
            }
            else
            {
                draft.Refuse(line, problems);
                problems.Clear();
            }
        }

        return count;
    }

    private static string Describe(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.UnterminatedQuote => "a quotation mark is opened and never closed",
        CsvMalformedReason.TextAfterClosingQuote => "text follows a closing quotation mark",
        _ => "a quotation mark stands inside a value that is not quoted",
    };
}
