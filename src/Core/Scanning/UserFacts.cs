namespace Reanchor.Scanning;

/// <summary>What is read for one user that carries an anchor and is not synced.</summary>
public sealed record UserFacts
{
    /// <summary>Source of authority was handed to the cloud on purpose; the anchor is then the way back.</summary>
    public required Reading<bool> IsCloudManaged { get; init; }

    /// <summary>mailboxSettings.userPurpose, such as <c>user</c> or <c>shared</c>; <see langword="null"/> without a mailbox.</summary>
    public required Reading<string?> MailboxPurpose { get; init; }
}
