using System.CommandLine;
using Reanchor.Collector.Directories;
using Reanchor.Collector.Exporting;

namespace Reanchor.Collector.Commands;

internal static class ExportCommand
{
    public static Command Create(TextWriter output, TextWriter notes)
    {
        var directory = new DirectoryOptions();
        var outputPath = new Option<string>("--out") { Description = "The file to write, such as corp.ndjson.gz.", Required = true };
        var forest = new Option<string?>("--forest") { Description = "Refuse servers of another forest than this one." };
        var anchor = new Option<string>("--anchor-attribute")
        {
            Description = "The attribute that sync uses as source anchor: ms-DS-ConsistencyGuid, objectGUID, or another one's LDAP name.",
            DefaultValueFactory = _ => AnchorChoice.ConsistencyGuid,
        };

        var command = new Command("export", "Read every user account of a forest into a file. Sends nothing.") { outputPath, forest, anchor };
        directory.AddTo(command);
        command.SetAction((parsed, cancellationToken) => Running.Async(notes, async () =>
        {
            var request = new ExportRequest
            {
                Directory = directory.Read(parsed),
                OutputPath = parsed.GetRequiredValue(outputPath),
                AnchorAttribute = parsed.GetRequiredValue(anchor),
                ExpectedForest = parsed.GetValue(forest),
            };
            var summary = await new InventoryExport(TimeProvider.System, notes.WriteLine).RunAsync(request, cancellationToken);
            output.WriteLine($"{summary} Written to {request.OutputPath}.");
        }));
        return command;
    }
}
