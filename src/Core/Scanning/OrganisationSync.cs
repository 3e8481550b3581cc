namespace Reanchor.Scanning;

/// <summary>The state of directory synchronisation for the whole tenant.</summary>
/// <param name="Enabled"><see langword="null"/> or <see langword="false"/>: the tenant does not sync.</param>
/// <param name="LastSyncAt">UTC; <see langword="null"/> when it never synced.</param>
public sealed record OrganisationSync(bool? Enabled, DateTimeOffset? LastSyncAt);
