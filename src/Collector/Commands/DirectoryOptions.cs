using System.CommandLine;
using System.Net;
using Reanchor.Collector.Directories;
using Reanchor.Collector.Secrets;

namespace Reanchor.Collector.Commands;

/// <summary>The options that say how to reach the directory.</summary>
internal sealed class DirectoryOptions
{
    private readonly Option<ServerAddress[]> _servers = new("--server")
    {
        Description = "A domain controller, HOST or HOST:PORT. Give one for every domain of the forest.",
        Required = true,
        CustomParser = result =>
        {
            var servers = new List<ServerAddress>();

            foreach (var token in result.Tokens)
            {
                if (ServerAddress.FindProblem(token.Value, out var server) is { } problem)
                {
                    result.AddError(problem);
                }
                else
                {
                    servers.Add(server!);
                }
            }

            return [.. servers];
        },
    };

    private readonly Option<string?> _user = new("--user") { Description = "Sign in as this user (reader@corp.example) instead of the current account." };
    private readonly Option<string?> _passwordFile = new("--password-file") { Description = "A file that holds the password." };
    private readonly Option<string?> _passwordVariable = new("--password-env") { Description = "The environment variable that holds the password." };
    private readonly Option<bool> _plainLdap = new("--plain-ldap") { Description = "Use LDAP without TLS, on port 389. A password then crosses the network in clear." };
    private readonly Option<string?> _caFolder = new("--ca-folder") { Description = "A folder with the certificates (PEM) of the authorities to trust. Linux only." };

    private readonly Option<int> _pageSize = new("--page-size")
    {
        Description = "Accounts to ask for at once, 1 to 1000.",
        DefaultValueFactory = _ => DirectorySettings.DefaultPageSize,
    };

    public DirectoryOptions() => _pageSize.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0 && DirectoryRules.FindPageSizeProblem(result.GetValueOrDefault<int>()) is { } problem)
        {
            result.AddError($"--page-size {problem}");
        }
    });

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_servers, _user, _passwordFile, _passwordVariable, ForbiddenOptions.Password, _plainLdap, _caFolder, _pageSize])
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="CollectorFailureException">The options do not go together.</exception>
    public DirectorySettings Read(ParseResult parsed)
    {
        var settings = new DirectorySettings
        {
            Servers = parsed.GetRequiredValue(_servers),
            PlainLdap = parsed.GetValue(_plainLdap),
            CaFolder = parsed.GetValue(_caFolder),
            Credential = ReadCredential(parsed),
            PageSize = parsed.GetValue(_pageSize),
        };

        return DirectoryRules.FindProblem(settings) is { } problem ? throw CollectorFailureException.Input(problem) : settings;
    }

    private NetworkCredential? ReadCredential(ParseResult parsed)
    {
        var password = new SecretSource("password", parsed.GetValue(_passwordFile), parsed.GetValue(_passwordVariable));

        if (parsed.GetValue(_user) is { Length: > 0 } user)
        {
            return new(user, password.Read() ?? PasswordPrompt.Ask(user));
        }

        return password.IsGiven
            ? throw CollectorFailureException.Input("A password is given, but no user. Give --user reader@corp.example.")
            : null;
    }
}
