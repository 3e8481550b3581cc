using System.Text.Json.Serialization;

namespace Reanchor.Queueing;

/// <summary>A queued command whose handler asks a directory, which may want to be left alone for a while.</summary>
public abstract record DirectoryCommand : QueuedCommand
{
    /// <summary>How long the command has been waiting for a busy directory; <see langword="null"/> when it has not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Deferral? Deferral { get; init; }
}
