using System.Diagnostics;
using Reanchor.Collector.Directories;
using Reanchor.Inventories;

namespace Reanchor.Collector.Exporting;

/// <summary>Reads a whole forest into a file. The file appears when everything was read, and not otherwise.</summary>
/// <param name="say">Receives notes and progress.</param>
internal sealed class InventoryExport(TimeProvider clock, Action<string> say)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(5);

    /// <exception cref="CollectorFailureException">It could not be done; nothing was written.</exception>
    public async Task<ExportSummary> RunAsync(ExportRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await WriteAsync(request, cancellationToken);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw new CollectorFailureException(
                ExitCode.InputRefused,
                $"{request.OutputPath} could not be written: {ex.Message.TrimEnd('.')}. Check that the disk has room and that no program has the file open.",
                ex);
        }
    }

    private async Task<ExportSummary> WriteAsync(ExportRequest request, CancellationToken cancellationToken)
    {
        // Before the first question: what is made while the directory is being read is younger than the inventory.
        var takenAt = clock.GetUtcNow();
        var watch = Stopwatch.StartNew();
        await using var file = PendingFile.Create(request.OutputPath);
        using var forest = await Forest.OpenAsync(request.Directory, request.AnchorAttribute, say, cancellationToken);

        if (request.ExpectedForest is { } expected && !expected.Equals(forest.Name, StringComparison.OrdinalIgnoreCase))
        {
            throw CollectorFailureException.Input(
                $"The servers belong to the forest {forest.Name}, not {expected}. Give servers of {expected}, or leave --forest out.");
        }

        ForestAccounts accounts;

        await using (var writer = new InventoryWriter(file.Content))
        {
            writer.Begin(new(forest.Name, takenAt, forest.Domains[0].Anchor.Attribute));
            accounts = new(forest, writer, new Progress(say, ProgressInterval));
            await accounts.WriteAsync(cancellationToken);
            await writer.EndAsync(accounts.DeletedUnreadable.Count == 0, cancellationToken);
        }

        await file.KeepAsync();

        return new(
            forest.Name,
            takenAt,
            forest.Domains.Count,
            accounts.Count,
            accounts.Deleted,
            accounts.DeletedUnreadable,
            forest.Domains.Sum(d => d.Pages),
            watch.Elapsed);
    }
}
