namespace Reanchor.GraphSimulator;

internal enum FilterTokenKind
{
    /// <summary>Names, operators, GUIDs, dates, numbers: everything without quotes.</summary>
    Word,
    Text,
    Open,
    Close,
    Comma,
    Slash,
    Colon,
    End,
}
