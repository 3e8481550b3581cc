namespace Reanchor.Collector.Secrets;

/// <summary>Where a secret comes from. Never the command line: other users of the machine can read that, and shells remember it.</summary>
/// <param name="What">For messages, such as "password".</param>
/// <param name="File">A file that holds nothing else.</param>
/// <param name="Variable">The name of an environment variable.</param>
internal sealed record SecretSource(string What, string? File, string? Variable)
{
    public bool IsGiven => File is not null || Variable is not null;

    /// <returns><see langword="null"/> when no source is given.</returns>
    /// <exception cref="CollectorFailureException">The source is given and holds no secret, or one that every user of the machine can read.</exception>
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
            using var file = System.IO.File.OpenText(path);
            RefuseReadableByOthers(path, (FileStream)file.BaseStream);

            // Editors end a file with a line break, which is no part of the secret.
            var secret = file.ReadToEnd().TrimEnd('\r', '\n');
            return secret.Length > 0
                ? secret
                : throw CollectorFailureException.Input($"The file {path} is empty. Put the {What} into it.");
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw CollectorFailureException.Input($"The {What} could not be read from {path}: {ex.Message}");
        }
    }

    // Windows is left out: who may read a file there follows from its folder and from groups, which docs/collector.md sets.
    private void RefuseReadableByOthers(string path, FileStream file)
    {
        if (!OperatingSystem.IsWindows() && System.IO.File.GetUnixFileMode(file.SafeFileHandle).HasFlag(UnixFileMode.OtherRead))
        {
            throw CollectorFailureException.Input(
                $"Every user of this machine can read the {What} in {path}. Run: chmod o-rwx {path}. If others may have read it, replace the {What}.");
        }
    }
}
