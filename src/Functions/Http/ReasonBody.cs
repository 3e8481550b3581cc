namespace Reanchor.Functions.Http;

/// <summary>The body of a request that needs nothing but a reason.</summary>
public sealed record ReasonBody
{
    public required string Reason { get; init; }
}
