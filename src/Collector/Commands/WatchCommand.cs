using System.CommandLine;
using Microsoft.Extensions.Hosting;
using Reanchor.Collector.Watching;

namespace Reanchor.Collector.Commands;

internal static class WatchCommand
{
    public static Command Create(TextWriter notes)
    {
        var settings = new Option<string>("--settings") { Description = "A JSON file with the settings (docs/collector.md).", Required = true };
        var command = new Command("watch", "Export and upload on an interval, and run a sync when Reanchor wants one. For a service.") { settings };
        command.SetAction((parsed, cancellationToken) => Running.Async(notes, async () =>
        {
            using var host = Build(parsed.GetRequiredValue(settings));
            await host.RunAsync(cancellationToken);
        }));
        return command;
    }

    private static IHost Build(string settingsPath)
    {
        try
        {
            return WatchHost.Build(settingsPath);
        }
        catch (Exception ex) when (RefusedSettings.Of(ex) is { Count: > 0 } refusals)
        {
            throw CollectorFailureException.Input(string.Join(Environment.NewLine, refusals));
        }
        catch (Exception ex) when (ex is IOException or InvalidDataException or InvalidOperationException or UnauthorizedAccessException)
        {
            throw CollectorFailureException.Input($"The settings {settingsPath} cannot be read: {ex.Message} {ex.InnerException?.Message}".TrimEnd());
        }
    }
}
