namespace Reanchor.Queueing;

/// <summary>The queues, as named in Azure. Each has a poison queue beside it.</summary>
public static class QueueNames
{
    public const string Scans = "reanchor-scans";
    public const string Candidates = "reanchor-candidates";
    public const string Clears = "reanchor-clears";
    public const string Verifications = "reanchor-verifications";
    public const string Restores = "reanchor-restores";
    public const string Approvals = "reanchor-approvals";
    public const string Callbacks = "reanchor-callbacks";
    public const string PoisonSuffix = "-poison";
}
