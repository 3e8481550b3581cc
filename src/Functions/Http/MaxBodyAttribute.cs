namespace Reanchor.Functions.Http;

/// <summary>Beside <c>[Function]</c> on an HTTP function whose bodies may be larger than most.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MaxBodyAttribute(long bytes) : Attribute
{
    /// <summary>In bytes, for all others.</summary>
    public const long Default = 64 * 1024;

    public long Bytes { get; } = bytes;
}
