namespace Reanchor.Collector;

/// <summary>Ends a run. The message is for the administrator: what went wrong and what to try next.</summary>
internal sealed class CollectorFailureException(ExitCode exitCode, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public ExitCode ExitCode { get; } = exitCode;

    /// <summary>What is wrong with an inventory. They may quote it: for the person who runs the program, not for a log.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    public static CollectorFailureException Input(string message) => new(ExitCode.InputRefused, message);

    public static CollectorFailureException Directory(string message, Exception? innerException = null) =>
        new(ExitCode.DirectoryUnreadable, message, innerException);
}
