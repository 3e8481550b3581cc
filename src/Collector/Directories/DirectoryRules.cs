namespace Reanchor.Collector.Directories;

/// <summary>What settings must go together, wherever they come from.</summary>
internal static class DirectoryRules
{
    /// <returns>What is wrong, to be said after the name of the setting, or <see langword="null"/>.</returns>
    public static string? FindPageSizeProblem(int pageSize) =>
        pageSize is < 1 or > 1000 ? "must be 1 to 1000: a domain controller gives no more at once." : null;

    /// <returns>What to change, or <see langword="null"/>.</returns>
    public static string? FindProblem(DirectorySettings settings)
    {
        if (settings.Credential is { Password.Length: 0 })
        {
            // A sign-in without a password succeeds as nobody (RFC 4513, 5.1.2), and nobody sees no accounts.
            return "The password is empty. Give the one of the user.";
        }

        if (settings.CaFolder is not { } folder)
        {
            return null;
        }

        if (settings.PlainLdap)
        {
            return "A folder of trusted authorities and plain LDAP do not go together: plain LDAP has no certificate. Leave one of them out.";
        }

        if (OperatingSystem.IsWindows())
        {
            return "On Windows, import the authority's certificate into this machine's trusted root certificates instead of giving a folder.";
        }

        return Directory.Exists(folder) && Directory.EnumerateFiles(folder).Any()
            ? null
            : $"The folder {folder} does not exist or is empty. Put the authority's certificate into it, as PEM.";
    }
}
