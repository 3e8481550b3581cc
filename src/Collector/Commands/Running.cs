namespace Reanchor.Collector.Commands;

/// <summary>Turns the end of a run into an exit code and a sentence.</summary>
internal static class Running
{
    public static async Task<int> Async(TextWriter errors, Func<Task> run)
    {
        try
        {
            await run();
            return (int)ExitCode.Done;
        }
        catch (CollectorFailureException ex)
        {
            await errors.WriteLineAsync(string.Join(Environment.NewLine, [ex.Message, .. ex.Problems.Select(p => $"  {p}")]));
            return (int)ex.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync("Stopped before the end. Nothing was written.");
            return (int)ExitCode.InputRefused;
        }
    }
}
