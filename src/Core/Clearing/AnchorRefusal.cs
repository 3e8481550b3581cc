namespace Reanchor.Clearing;

/// <summary>A directory's no to a write.</summary>
/// <param name="Text">The cause in words, what to do, and the directory's own answer.</param>
public sealed record AnchorRefusal(RefusalCause Cause, string Text);
