using Reanchor.Clearing;

namespace Reanchor.Proposals;

/// <summary>Something that did not come out as hoped, though the proposal went on.</summary>
/// <param name="Because">With what to do.</param>
/// <param name="Restore">The restore that was not made; <see langword="null"/> for a match that could not be proved.</param>
/// <param name="Cause">The directory's no; <see langword="null"/> when it gave none.</param>
public sealed record Setback(DateTimeOffset At, string Because, RestoreRequest? Restore, RefusalCause? Cause);
