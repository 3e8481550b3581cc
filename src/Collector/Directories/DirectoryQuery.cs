namespace Reanchor.Collector.Directories;

/// <param name="Base">A distinguished name; everything below it is searched.</param>
/// <param name="Deleted">Objects in the recycle bin, and tombstones, are seen too.</param>
internal sealed record DirectoryQuery(string Base, string Filter, IReadOnlyList<string> Attributes, bool Deleted = false);
