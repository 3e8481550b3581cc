namespace Reanchor.Collector.Uploading;

/// <param name="Line">Where in the inventory, counted from 1.</param>
internal sealed record ProblemItem(string Detail, long? Line)
{
    public override string ToString() => Line is null ? Detail : $"line {Line}: {Detail}";
}
