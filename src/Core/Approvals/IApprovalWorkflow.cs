namespace Reanchor.Approvals;

/// <summary>Starts the workflow that asks approvers.</summary>
public interface IApprovalWorkflow
{
    /// <param name="address">The trigger's, from the settings.</param>
    /// <param name="trackingId">The same each time the same question is asked, so that two runs of it can be seen to belong together.</param>
    /// <returns>What the workflow calls this run; <see langword="null"/> when it does not say.</returns>
    /// <exception cref="WorkflowUnavailableException">It was not started, or nobody knows.</exception>
    Task<string?> AskAsync(Uri address, string trackingId, ApprovalRequest request, CancellationToken cancellationToken);
}

/// <summary>A workflow or a callback does not answer as it should; a later retry may find it cured.</summary>
public sealed class WorkflowUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
