using System.CommandLine;
using System.Globalization;
using Reanchor.Collector.Uploading;

namespace Reanchor.Collector.Commands;

internal static class CheckCommand
{
    private const int AccountsShown = 5;

    public static Command Create(TextWriter output, TextWriter notes)
    {
        var file = new Option<string>("--file") { Description = "The inventory, as export wrote it.", Required = true };
        var command = new Command("check", "Show what upload would send, and whether Reanchor would take it. Sends nothing.") { file };
        command.SetAction((parsed, cancellationToken) => Running.Async(notes, async () =>
        {
            var inventory = new InventoryFile(parsed.GetRequiredValue(file), TimeProvider.System);
            var result = await inventory.CheckAsync(cancellationToken);

            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Forest {result.Header!.Forest}, read at {result.Header.TakenAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, {result.Count} accounts."));
            output.WriteLine($"The first lines, exactly as they would be sent; the others are like them:");

            foreach (var line in await inventory.ReadFirstLinesAsync(AccountsShown + 1, cancellationToken))
            {
                output.WriteLine(line);
            }

            output.WriteLine("The file is complete. Reanchor also compares it with the inventory before it.");
        }));
        return command;
    }
}
