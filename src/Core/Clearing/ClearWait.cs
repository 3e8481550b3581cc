namespace Reanchor.Clearing;

/// <summary>Why an approved clear is not made yet.</summary>
/// <param name="Until">When it is tried again. A message that comes earlier is a duplicate.</param>
public sealed record ClearWait(string Because, DateTimeOffset Until);
