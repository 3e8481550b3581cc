using System.Reflection;
using System.Text.RegularExpressions;
using Reanchor.Scanning;

namespace Reanchor.UnitTests.Scanning;

/// <summary>Everything that may be unreadable, found by reflection: a reading that is added later is asked for in the table.</summary>
internal static partial class UnreadFacts
{
    /// <summary>What a limit of the whole scan needs is no part of a user's class.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. new[] { typeof(ClassificationCase), typeof(TenantFacts), typeof(UserFacts), typeof(PartnerClaims) }
            .SelectMany(Readings).Select(r => r.Name).Except([nameof(TenantFacts.Sync), nameof(TenantFacts.UserCount)]),
    ];

    public static CaseFact Unread(string reading) => new(
        $"not readable: {Words().Replace(reading, " $1").ToLowerInvariant()}", c => Without(c, reading));

    private static ClassificationCase Without(ClassificationCase subject, string reading)
    {
        var copy = subject with
        {
            TenantFacts = subject.TenantFacts with { },
            UserFacts = subject.UserFacts with { },
            Claims = subject.Claims with { },
        };

        foreach (var part in new object[] { copy, copy.TenantFacts, copy.UserFacts, copy.Claims })
        {
            foreach (var property in Readings(part.GetType()).Where(p => p.Name == reading))
            {
                property.SetValue(part, typeof(Reading).GetMethod(nameof(Reading.Unknown))!
                    .MakeGenericMethod(property.PropertyType.GenericTypeArguments).Invoke(null, ["Graph refuses it."]));
            }
        }

        return copy;
    }

    private static IEnumerable<PropertyInfo> Readings(Type type) => type.GetProperties()
        .Where(p => p.PropertyType.IsGenericType && p.PropertyType.GetGenericTypeDefinition() == typeof(Reading<>));

    [GeneratedRegex("(?<=[a-z])([A-Z])")]
    private static partial Regex Words();
}
