using System.Text;

namespace Reanchor.GraphSimulator;

/// <summary>Cuts an OData filter into tokens.</summary>
internal static class FilterLexer
{
    public static List<FilterToken> Read(string filter)
    {
        var tokens = new List<FilterToken>();
        var position = 0;

        while (position < filter.Length)
        {
            var start = position;
            var character = filter[position];

            if (char.IsWhiteSpace(character))
            {
                position++;
            }
            else if (character == '\'')
            {
                tokens.Add(new(FilterTokenKind.Text, ReadText(filter, ref position), start));
            }
            else if (Punctuation(character) is { } kind)
            {
                tokens.Add(new(kind, character.ToString(), start));
                position++;
            }
            else if (IsWord(character))
            {
                while (position < filter.Length && (IsWord(filter[position]) || IsInsideDate(filter, start, position)))
                {
                    position++;
                }

                tokens.Add(new(FilterTokenKind.Word, filter[start..position], start));
            }
            else
            {
                throw Invalid(filter, start);
            }
        }

        tokens.Add(new(FilterTokenKind.End, "", filter.Length));
        return tokens;
    }

    public static GraphRefusal Invalid(string filter, int position) =>
        new(400, "BadRequest", $"Invalid filter clause: syntax error at position {position} in '{filter}'.");

    private static string ReadText(string filter, ref int position)
    {
        var start = position++;
        var text = new StringBuilder();

        while (position < filter.Length)
        {
            if (filter[position] != '\'')
            {
                text.Append(filter[position++]);
            }
            else if (position + 1 < filter.Length && filter[position + 1] == '\'')
            {
                // OData doubles a quote inside a string.
                text.Append('\'');
                position += 2;
            }
            else
            {
                position++;
                return text.ToString();
            }
        }

        throw Invalid(filter, start);
    }

    private static FilterTokenKind? Punctuation(char character) => character switch
    {
        '(' => FilterTokenKind.Open,
        ')' => FilterTokenKind.Close,
        ',' => FilterTokenKind.Comma,
        '/' => FilterTokenKind.Slash,
        ':' => FilterTokenKind.Colon,
        _ => null,
    };

    private static bool IsWord(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '$' or '-' or '.' or '@' or '+';

    // 2026-11-22T10:15:00Z is one word although a colon elsewhere is not part of one.
    private static bool IsInsideDate(string filter, int start, int position) =>
        filter[position] == ':' && position - start >= 13 && char.IsAsciiDigit(filter[start]) && filter.AsSpan(start, position - start).Contains('T');
}
