using CsvHelper;

namespace Reanchor.Inventories;

/// <summary>Where the columns of a CSV are, and what parts them.</summary>
internal sealed class CsvColumns
{
    private readonly int[] _positions = new int[AccountProperties.All.Length];

    private CsvColumns(char separator, int width) => (Separator, Width) = (separator, width);

    public char Separator { get; }

    public int Width { get; }

    /// <summary>The column's position, or -1.</summary>
    public int this[AccountProperty property] => _positions[(int)property];

    /// <summary>Reads the header row, taking the separator that makes more sense of it.</summary>
    /// <returns><see langword="null"/> when <paramref name="problems"/> grew.</returns>
    public static CsvColumns? Read(string header, List<string> problems)
    {
        var commas = Split(header, ',');
        var semicolons = Split(header, ';');
        var (separator, names) = Known(semicolons) > Known(commas) ? (';', semicolons) : (',', commas);
        var columns = new CsvColumns(separator, names.Length);

        foreach (var property in AccountProperties.All)
        {
            var name = property.CsvName();
            var at = Array.FindIndex(names, n => IsNamed(n, name));
            columns._positions[(int)property] = at;

            if (at < 0 && !property.IsOptionalInCsv())
            {
                problems.Add($"the column {name} is missing");
            }
            else if (at >= 0 && Array.FindLastIndex(names, n => IsNamed(n, name)) != at)
            {
                problems.Add($"the column {name} is there twice");
            }
        }

        return problems.Count > 0 ? null : columns;
    }

    private static string[] Split(string header, char separator)
    {
        using var reader = CsvReader.FromText(header, new() { Separator = separator, HasHeader = false });
        return reader.Read() ? [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)] : [];
    }

    private static int Known(string[] names) =>
        AccountProperties.All.Count(p => Array.Exists(names, n => IsNamed(n, p.CsvName())));

    private static bool IsNamed(string column, string name) =>
        column.AsSpan().Trim().Equals(name, StringComparison.OrdinalIgnoreCase);
}
