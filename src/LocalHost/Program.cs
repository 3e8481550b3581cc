using System.CommandLine;
using Reanchor.LocalHost;
using Reanchor.LocalHost.Demo;
using Spectre.Console;

var port = new Option<int>("--port") { Description = "The port to serve on; 0 for a free one.", DefaultValueFactory = _ => 7080 };
port.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() is < 0 or > 65535)
    {
        result.AddError("--port must be 0 to 65535.");
    }
});

var storage = new Option<string?>("--storage") { Description = "A storage connection string. Without it an Azurite is used or started." };
var trace = new Option<string?>("--trace") { Description = "A file for the trace of everything that happens, one line of OTLP JSON for each step.", Recursive = true };
var noDemo = new Option<bool>("--no-demo") { Description = "Start without the simulator and its sample tenants." };

var root = new RootCommand("Reanchor on one machine. Without a command it starts with sample tenants, to look around in.") { port, storage, trace, noDemo };
root.SetAction((parsed, cancellationToken) => Running.Async(
    () => parsed.GetValue(noDemo)
        ? Installation.RunAsync(new(parsed.GetValue(port), parsed.GetValue(storage), parsed.GetValue(trace)), cancellationToken)
        : Demonstration.RunAsync(new(parsed.GetValue(port), parsed.GetValue(storage), parsed.GetValue(trace)), cancellationToken)));

var walkthrough = new Command("walkthrough", "Play the whole story once, check that it came out right, and exit with 0 or 1.") { storage };
walkthrough.SetAction((parsed, cancellationToken) => Running.Async(
    () => Walkthrough.RunAsync(new(Port: 0, parsed.GetValue(storage), parsed.GetValue(trace)), cancellationToken)));
root.Subcommands.Add(walkthrough);

if (Console.IsOutputRedirected)
{
    // Without a terminal the width is a guess, and the usual one breaks every line of a table.
    AnsiConsole.Profile.Width = 140;
}

return await root.Parse(args).InvokeAsync();
