using System.CommandLine;

namespace Reanchor.Collector.Commands;

/// <summary>Options that people expect, kept only to be refused with the way that is safe.</summary>
internal static class ForbiddenOptions
{
    public static Option<string?> Password { get; } = Refuse("--password", "--password-file or --password-env");

    public static Option<string?> Token { get; } = Refuse("--token", "--token-file or --token-env");

    private static Option<string?> Refuse(string name, string instead)
    {
        var option = new Option<string?>(name) { Hidden = true, Arity = ArgumentArity.ZeroOrOne };
        option.Validators.Add(result => result.AddError(
            $"{name} is refused: other users of this machine can read a command line. Use {instead}."));
        return option;
    }
}
