using System.Globalization;
using System.Text;

namespace Reanchor.Diagnosis;

/// <summary>Writes a value into a PowerShell command so that it stays a value, whoever chose it.</summary>
internal static class PowerShellText
{
    /// <summary>
    /// A single-quoted string, in which nothing is expanded. PowerShell takes the typographic quotes U+2018 to U+201B for the plain one
    /// (Microsoft Learn, about_Quoting_Rules), so each is doubled. What cannot be seen, or turns the direction of what can be, is
    /// written as its number: a command must do what it looks like.
    /// </summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder("'");
        var hasNumbers = false;

        foreach (var c in value)
        {
            if (IsHidden(c))
            {
                hasNumbers = true;
                text.Append(CultureInfo.InvariantCulture, $"' + [char]0x{(int)c:X4} + '");
            }
            else
            {
                text.Append(c, IsQuote(c) ? 2 : 1);
            }
        }

        text.Append('\'');
        return hasNumbers ? $"({text})" : text.ToString();
    }

    private static bool IsQuote(char c) => c is '\'' or (>= '\u2018' and <= '\u201B');

    private static bool IsHidden(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
