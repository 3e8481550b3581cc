namespace Reanchor.GraphSimulator;

/// <summary>A bucket and how to name it when it runs dry.</summary>
internal sealed record Meter(TokenBucket Bucket, bool CountsWrites, string Scope)
{
    public int Cost(int resourceUnits, bool isWrite) => CountsWrites ? (isWrite ? 1 : 0) : resourceUnits;
}
