using System.CommandLine;

namespace Reanchor.Collector.Commands;

/// <summary>The program as its command line sees it.</summary>
internal static class CollectorCommand
{
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand("Reads the user accounts of an Active Directory forest and hands them to Reanchor.")
        {
            ExportCommand.Create(output, errors),
            CheckCommand.Create(output, errors),
            UploadCommand.Create(output, errors),
            WatchCommand.Create(errors),
        };
        var parsed = root.Parse(arguments);

        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await errors.WriteLineAsync(error.Message);
            }

            return (int)ExitCode.InputRefused;
        }

        return await parsed.InvokeAsync(new() { Output = output, Error = errors });
    }
}
