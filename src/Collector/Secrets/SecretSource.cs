namespace Reanchor.Collector.Secrets;

/// <summary>Where a secret comes from. Never the command line: other users of the machine can read that, and shells remember it.</summary>
/// <param name="What">For messages, such as "password".</param>
/// <param name="File">A file that holds nothing else.</param>
/// <param name="Variable">The name of an environment variable.</param>
internal sealed record SecretSource(string What, string? File, string? Variable)
{
    public bool IsGiven => File is not null || Variable is not null;

    /// <returns><see langword="null"/> when no source is given.</returns>
    /// <exception cref="CollectorFailureException">The source is given and holds no secret.</exception>
    public string? Read()
    {
        if (File is not null && Variable is not null)
        {
            throw CollectorFailureException.Input($"The {What} is given twice, as a file and as a variable. Give one of them.");
        }

        return File is not null ? ReadFile(File) : Variable is not null ? ReadVariable(Variable) : null;
    }

    private string ReadVariable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw CollectorFailureException.Input($"The environment variable {name} is not set. Put the {What} into it.");

    private string ReadFile(string path)
    {
        try
        {
            // Editors end a file with a line break, which is no part of the secret.
            var secret = System.IO.File.ReadAllText(path).TrimEnd('\r', '\n');
            return secret.Length > 0
                ? secret
                : throw CollectorFailureException.Input($"The file {path} is empty. Put the {What} into it.");
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw CollectorFailureException.Input($"The {What} could not be read from {path}: {ex.Message}");
        }
    }
}
