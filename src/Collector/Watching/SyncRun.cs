using Reanchor.Collector.Uploading;

namespace Reanchor.Collector.Watching;

/// <summary>How the sync command went.</summary>
/// <param name="Outcome">What this program says of it; empty when it succeeded.</param>
/// <param name="Output">The end of what the command said. It may name people: for Reanchor, not for a log.</param>
internal sealed record SyncRun(bool Synced, string Outcome, string Output)
{
    public SyncResult Result => new(Synced, $"{Outcome} {Output}".Trim());
}
