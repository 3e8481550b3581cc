using System.CommandLine;
using System.Globalization;
using Reanchor.Collector.Secrets;
using Reanchor.Collector.Uploading;

namespace Reanchor.Collector.Commands;

internal static class UploadCommand
{
    private const string DefaultVariable = "REANCHOR_TOKEN";

    public static Command Create(TextWriter output, TextWriter notes)
    {
        var file = new Option<string>("--file") { Description = "The inventory, as export wrote it.", Required = true };
        var url = new Option<string>("--url") { Description = "Reanchor's address, such as https://reanchor.example/api.", Required = true };
        var tenant = new Option<string>("--tenant") { Description = "The tenant's id.", Required = true };
        var collector = new Option<string>("--collector") { Description = "This collector's id, as the tenant lists it.", Required = true };
        var tokenFile = new Option<string?>("--token-file") { Description = "A file that holds the collector's key." };
        var tokenVariable = new Option<string?>("--token-env") { Description = $"The environment variable that holds the collector's key; {DefaultVariable} if neither is given." };

        var command = new Command("upload", "Send an inventory to Reanchor. To try again, run it again.")
        {
            file, url, tenant, collector, tokenFile, tokenVariable, ForbiddenOptions.Token,
        };
        command.SetAction((parsed, cancellationToken) => Running.Async(notes, async () =>
        {
            if (ReanchorAddress.FindProblem(parsed.GetValue(url), parsed.GetValue(tenant), parsed.GetValue(collector), out var address) is { } problem)
            {
                throw CollectorFailureException.Input(problem);
            }

            var path = parsed.GetValue(tokenFile);
            var token = new SecretSource("key", path, parsed.GetValue(tokenVariable) ?? (path is null ? DefaultVariable : null)).Read()!;
            var inventory = new InventoryFile(parsed.GetRequiredValue(file), TimeProvider.System);

            // A file that Reanchor would refuse does not leave this machine.
            await inventory.CheckAsync(cancellationToken);
            using var reanchor = new ReanchorClient(address!, token);
            var accepted = await inventory.UploadAsync(reanchor, cancellationToken);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Reanchor took the inventory of {accepted.Forest}: {accepted.Count} accounts, read at {accepted.TakenAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC."));
        }));
        return command;
    }
}
