namespace Reanchor.Inventories;

/// <summary>Why a text ended before its end.</summary>
internal enum TextFault
{
    /// <summary>A line, or a quoted record, is longer than allowed.</summary>
    LineTooLong,

    /// <summary>The whole text is longer than allowed.</summary>
    TooLarge,

    /// <summary>It begins with the mark of UTF-16.</summary>
    Utf16,

    /// <summary>The compressed data cannot be read.</summary>
    Damaged,
}
