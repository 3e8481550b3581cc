namespace Reanchor.Inventories;

/// <summary>What to tell the person whose text cannot be read.</summary>
internal static class TextProblems
{
    public const string NotUtf8 = "is not UTF-8; " + Cure;

    private const string Cure =
        "save the file as UTF-8, for instance with Export-Csv -Encoding UTF8 or Set-Content -Encoding UTF8";

    public static InventoryProblem Of(TextFault fault, int line, InventoryLimits limits) => fault switch
    {
        TextFault.LineTooLong => new(
            line, $"is longer than {limits.MaxLineBytes} bytes; an account never is, so a line break or a closing quotation mark is missing"),
        TextFault.TooLarge => new(
            null, $"The text is longer than {limits.MaxTextBytes} bytes. Use a collector for each forest."),
        TextFault.Utf16 => new(null, "The text is UTF-16; " + Cure + "."),
        _ => new(line, "the gzip data is damaged here, or is not gzip at all; compress and upload it again"),
    };

    public static InventoryRefusal Refusal(TextFault fault) =>
        fault is TextFault.TooLarge ? InventoryRefusal.TooLarge : InventoryRefusal.Invalid;
}
