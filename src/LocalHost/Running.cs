using Spectre.Console;

namespace Reanchor.LocalHost;

/// <summary>Turns the end of a run into an exit code. A start that cannot work ends with the sentence that says what to do, not with a stack trace.</summary>
internal static class Running
{
    public static async Task<int> Async(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (StartRefusedException ex)
        {
            return Refuse(ex.Message);
        }
        catch (Exception ex) when (RefusedSettings.Of(ex) is { Count: > 0 } refusals)
        {
            return Refuse(string.Join(Environment.NewLine, refusals));
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }

    private static int Refuse(string message)
    {
        AnsiConsole.MarkupLineInterpolated($"[red]Reanchor did not start.[/] {message}");
        return 1;
    }
}
