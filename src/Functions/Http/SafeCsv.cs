using CsvHelper;

namespace Reanchor.Functions.Http;

/// <summary>How CSV is written for a spreadsheet: cells that would be formulas are escaped.</summary>
internal static class SafeCsv
{
    private static readonly CsvWriterOptions Options = new() { Injection = CsvInjection.Escape, WriteByteOrderMark = true };

    /// <summary>Leaves the stream open.</summary>
    public static CsvWriter Create(Stream output) => CsvWriter.Create(output, Options, leaveOpen: true);
}
