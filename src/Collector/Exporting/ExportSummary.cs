using System.Globalization;

namespace Reanchor.Collector.Exporting;

/// <summary>What an export found.</summary>
/// <param name="Accounts">Deleted ones included.</param>
/// <param name="DeletedUnreadable">Domains whose deleted accounts the reading account may not see, or not all of them, or not all of one.</param>
/// <param name="Pages">Pages that the servers answered.</param>
internal sealed record ExportSummary(
    string Forest,
    DateTimeOffset TakenAt,
    int Domains,
    int Accounts,
    int Deleted,
    IReadOnlyList<string> DeletedUnreadable,
    int Pages,
    TimeSpan Duration)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Read {Accounts} accounts of {Domains} domain{(Domains == 1 ? "" : "s")} of the forest {Forest} in {Duration.TotalSeconds:0.0} s ({Pages} pages). {DeletedText}");

    private string DeletedText => DeletedUnreadable.Count == 0
        ? $"{Deleted} of them are deleted and could be restored."
        : $"Deleted accounts could not be read in {string.Join(", ", DeletedUnreadable)}, or not all of them: the account has no right to "
            + "see them (docs/collector.md, Rights), so a deleted account that could be restored counts as gone.";
}
