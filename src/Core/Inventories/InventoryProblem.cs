namespace Reanchor.Inventories;

/// <summary>One thing wrong with an upload, in words for the person who made it.</summary>
/// <param name="Line">Counted from 1; <see langword="null"/> when it concerns the upload as a whole.</param>
public sealed record InventoryProblem(int? Line, string Message)
{
    public override string ToString() => Line is null ? Message : $"line {Line}: {Message}";
}
