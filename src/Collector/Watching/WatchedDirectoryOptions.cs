using System.ComponentModel.DataAnnotations;
using System.Net;
using Reanchor.Collector.Directories;
using Reanchor.Collector.Secrets;

namespace Reanchor.Collector.Watching;

/// <summary>The directory to read. The same choices as the options of <c>export</c>.</summary>
internal sealed class WatchedDirectoryOptions : IValidatableObject
{
    public const string Section = "Directory";

    /// <summary>A domain controller of every domain of the forest, HOST or HOST:PORT.</summary>
    public string[] Servers { get; set; } = [];

    public string? User { get; set; }

    public string? PasswordFile { get; set; }

    /// <summary>The name of the environment variable that holds the password.</summary>
    public string? PasswordVariable { get; set; }

    public bool PlainLdap { get; set; }

    public string? CaFolder { get; set; }

    public int PageSize { get; set; } = DirectorySettings.DefaultPageSize;

    public string AnchorAttribute { get; set; } = AnchorChoice.ConsistencyGuid;

    public string? Forest { get; set; }

    private SecretSource Password => new("password", PasswordFile, PasswordVariable);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Servers.Length == 0)
        {
            yield return new($"{Section}:{nameof(Servers)} is empty. Set it to a domain controller of every domain, such as [\"dc1.corp.example\"].");
        }

        foreach (var server in Servers)
        {
            if (ServerAddress.FindProblem(server, out _) is { } problem)
            {
                yield return new($"{Section}:{nameof(Servers)}: {problem}");
            }
        }

        if (string.IsNullOrEmpty(User) == Password.IsGiven)
        {
            yield return new(
                $"{Section}:{nameof(User)} and one of {nameof(PasswordFile)} and {nameof(PasswordVariable)} belong together. "
                + "Set both, or none of them to sign in as the account that runs this program.");
        }

        if (DirectoryRules.FindPageSizeProblem(PageSize) is { } pageSize)
        {
            yield return new($"{Section}:{nameof(PageSize)} {pageSize}");
        }
    }

    /// <summary>Reads the password anew, so that a changed one takes effect without a restart.</summary>
    /// <exception cref="CollectorFailureException">The password cannot be read, or the settings do not go together.</exception>
    public DirectorySettings ToSettings()
    {
        var settings = new DirectorySettings
        {
            Servers = [.. Servers.Select(s => ServerAddress.FindProblem(s, out var address) is null ? address! : throw new InvalidOperationException(s))],
            PlainLdap = PlainLdap,
            CaFolder = CaFolder,
            PageSize = PageSize,
            Credential = string.IsNullOrEmpty(User) ? null : new NetworkCredential(User, Password.Read()),
        };

        return DirectoryRules.FindProblem(settings) is { } problem ? throw CollectorFailureException.Input(problem) : settings;
    }
}
