using System.Text.RegularExpressions;

namespace Reanchor.LocalHost.Hosting;

/// <summary>Fills in the %Setting% parts of an attribute's text.</summary>
internal static partial class SettingText
{
    /// <param name="text">Text of the attribute.</param>
    /// <param name="configuration">Where the settings are.</param>
    /// <param name="function">For the message.</param>
    /// <param name="example">A value that would do, for the message.</param>
    /// <exception cref="StartRefusedException">A setting is missing or empty.</exception>
    public static string Resolve(string text, IConfiguration configuration, string function, string example) =>
        Placeholder().Replace(text, match =>
        {
            var name = match.Groups["name"].Value;
            var value = configuration[name.Replace("__", ":", StringComparison.Ordinal)];

            return string.IsNullOrWhiteSpace(value)
                ? throw new StartRefusedException($"The setting {name} is missing; the function {function} needs it. Set it, for example to \"{example}\".")
                : value.Trim();
        });

    /// <summary>Says where the text came from, for messages about its value.</summary>
    public static string SourceOf(string text, string function) =>
        Placeholder().Match(text) is { Success: true } match ? $"The setting {match.Groups["name"].Value}" : $"The trigger of the function {function}";

    [GeneratedRegex("%(?<name>[^%]+)%")]
    private static partial Regex Placeholder();
}
