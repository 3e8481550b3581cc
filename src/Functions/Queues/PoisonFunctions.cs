using Microsoft.Azure.Functions.Worker;
using Reanchor.Adapters.Storage;
using Reanchor.Maintenance;
using Reanchor.Queueing;

namespace Reanchor.Functions.Queues;

/// <summary>One for each poison queue, so that nothing disappears in silence.</summary>
public sealed class PoisonFunctions(RecordPoisonHandler handler)
{
    [Function("PoisonScan")]
    public Task ScanAsync(
        [QueueTrigger(QueueNames.Scans + QueueNames.PoisonSuffix, Connection = StorageConnection.Setting)] string message,
        CancellationToken cancellationToken) =>
        handler.HandleAsync(QueueNames.Scans, message, cancellationToken);

    [Function("PoisonCandidate")]
    public Task CandidateAsync(
        [QueueTrigger(QueueNames.Candidates + QueueNames.PoisonSuffix, Connection = StorageConnection.Setting)] string message,
        CancellationToken cancellationToken) =>
        handler.HandleAsync(QueueNames.Candidates, message, cancellationToken);

    [Function("PoisonClear")]
    public Task ClearAsync(
        [QueueTrigger(QueueNames.Clears + QueueNames.PoisonSuffix, Connection = StorageConnection.Setting)] string message,
        CancellationToken cancellationToken) =>
        handler.HandleAsync(QueueNames.Clears, message, cancellationToken);

    [Function("PoisonVerification")]
    public Task VerificationAsync(
        [QueueTrigger(QueueNames.Verifications + QueueNames.PoisonSuffix, Connection = StorageConnection.Setting)] string message,
        CancellationToken cancellationToken) =>
        handler.HandleAsync(QueueNames.Verifications, message, cancellationToken);

    [Function("PoisonRestore")]
    public Task RestoreAsync(
        [QueueTrigger(QueueNames.Restores + QueueNames.PoisonSuffix, Connection = StorageConnection.Setting)] string message,
        CancellationToken cancellationToken) =>
        handler.HandleAsync(QueueNames.Restores, message, cancellationToken);

    [Function("PoisonApproval")]
    public Task ApprovalAsync(
        [QueueTrigger(QueueNames.Approvals + QueueNames.PoisonSuffix, Connection = StorageConnection.Setting)] string message,
        CancellationToken cancellationToken) =>
        handler.HandleAsync(QueueNames.Approvals, message, cancellationToken);

    [Function("PoisonCallback")]
    public Task CallbackAsync(
        [QueueTrigger(QueueNames.Callbacks + QueueNames.PoisonSuffix, Connection = StorageConnection.Setting)] string message,
        CancellationToken cancellationToken) =>
        handler.HandleAsync(QueueNames.Callbacks, message, cancellationToken);
}
