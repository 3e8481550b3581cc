using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Reanchor.Collector.Watching;

/// <summary>Refuses a setting that nothing reads: a misspelt guard would be none.</summary>
internal static class SettingNames
{
    // The host reads this one.
    private const string Logging = "Logging";

    private static readonly Dictionary<string, Type> Sections = new(StringComparer.OrdinalIgnoreCase)
    {
        [WatchedDirectoryOptions.Section] = typeof(WatchedDirectoryOptions),
        [ReanchorOptions.Section] = typeof(ReanchorOptions),
        [WatchOptions.Section] = typeof(WatchOptions),
        [SyncOptions.Section] = typeof(SyncOptions),
    };

    /// <param name="all">The file and the environment. The environment holds much that is no setting, but not in these sections.</param>
    /// <param name="file">The file alone.</param>
    /// <exception cref="OptionsValidationException">There are such settings.</exception>
    public static void RefuseUnknown(IConfiguration all, IConfiguration file)
    {
        string[] refusals =
        [
            .. file.GetChildren()
                .Where(s => !Sections.ContainsKey(s.Key) && !s.Key.Equals(Logging, StringComparison.OrdinalIgnoreCase))
                .Select(s => $"'{s.Key}' is not a section. Use one of {string.Join(", ", Sections.Keys)}."),
            .. Sections.SelectMany(
                s => all.GetSection(s.Key).GetChildren()
                    .Where(setting => Find(s.Value, setting.Key) is null)
                    .Select(setting => $"{s.Key}:{setting.Key} is not a setting. Use one of {string.Join(", ", Names(s.Value))}.")),
        ];

        if (refusals.Length > 0)
        {
            throw new OptionsValidationException("", typeof(SettingNames), refusals);
        }
    }

    private static string? Find(Type options, string name) => Names(options).FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Names(Type options) =>
        options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).Select(p => p.Name);
}
