using System.Globalization;
using System.Text;
using Reanchor.Diagnosis;
using Xunit;

namespace Reanchor.UnitTests.Diagnosis;

public sealed class PowerShellTextTests
{
    [Theory]
    [InlineData("ann", "'ann'")]
    [InlineData("", "''")]
    [InlineData("o'neil", "'o''neil'")]
    [InlineData("$(Remove-Item x) `$env:x \"q\"", "'$(Remove-Item x) `$env:x \"q\"'")]
    [InlineData("a\u2018b\u2019c\u201Ad\u201Be", "'a\u2018\u2018b\u2019\u2019c\u201A\u201Ad\u201B\u201Be'")]
    [InlineData("a\nb", "('a' + [char]0x000A + 'b')")]
    [InlineData("a\u202Eb", "('a' + [char]0x202E + 'b')")]
    public void Quote_Value_IsOneLiteral(string value, string expected)
    {
        Assert.Equal(expected, PowerShellText.Quote(value));
    }

    [Theory]
    [InlineData("'); Remove-ADUser x; ('")]
    [InlineData("\u2019); Remove-ADUser x; (\u2018")]
    [InlineData("\u201B; Remove-ADUser x #")]
    [InlineData("'\u2019\u2019'''\u201A")]
    [InlineData("end\r\nRemove-ADUser x")]
    [InlineData("\u2028\u200B\0'")]
    [InlineData("'@\nRemove-ADUser x\n@'")]
    public void Quote_HostileValue_ReadsBackAsItself(string value)
    {
        Assert.Equal(value, Read(PowerShellText.Quote(value)));
    }

    /// <summary>Reads a literal as PowerShell's tokenizer does; whatever is left over would be run.</summary>
    internal static string Read(string literal)
    {
        var text = new StringBuilder();
        var rest = literal.AsSpan().Trim("()");

        while (true)
        {
            Assert.True(IsQuote(rest[0]), literal);
            var i = 1;

            for (; !IsQuote(rest[i]) || (i + 1 < rest.Length && IsQuote(rest[i + 1])); i++)
            {
                text.Append(rest[i]);
                i += IsQuote(rest[i]) ? 1 : 0;
            }

            rest = rest[(i + 1)..];

            if (rest.IsEmpty)
            {
                return text.ToString();
            }

            Assert.StartsWith(" + [char]0x", rest.ToString(), StringComparison.Ordinal);
            text.Append((char)int.Parse(rest[11..15], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            Assert.StartsWith(" + ", rest[15..].ToString(), StringComparison.Ordinal);
            rest = rest[18..];
        }
    }

    private static bool IsQuote(char c) => "'\u2018\u2019\u201A\u201B".Contains(c, StringComparison.Ordinal);
}
