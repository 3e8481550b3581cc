namespace Reanchor.LocalHost;

/// <summary>Something outside the code keeps the process from starting. The message is one sentence or two for a person: what is wrong, and what to set or install.</summary>
public sealed class StartRefusedException : Exception
{
    public StartRefusedException(string message)
        : base(message)
    {
    }

    public StartRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
