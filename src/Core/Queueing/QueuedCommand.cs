using System.Text.Json.Serialization;
using Reanchor.Tenants;

namespace Reanchor.Queueing;

/// <summary>A command that travels on a queue, with what the journey itself needs. None of that is part of what it asks for.</summary>
public abstract record QueuedCommand
{
    public abstract TenantId Tenant { get; init; }

    /// <summary>The id of the scan, the proposal or the user that it is about.</summary>
    public abstract string Subject();

    /// <summary>The W3C <c>traceparent</c> of whoever asked for the work; the queue sets it to the sender's own when it is <see langword="null"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceParent { get; init; }

    /// <summary>When it may be handled at the earliest. The queue sets it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Due { get; init; }
}
