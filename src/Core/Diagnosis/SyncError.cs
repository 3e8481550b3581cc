namespace Reanchor.Diagnosis;

/// <summary>An error of directory synchronisation, as Microsoft's pages name it.</summary>
/// <param name="Name">As it stands in the error mail, Connect Health and the sync server.</param>
/// <param name="Means">What Microsoft says it is.</param>
/// <param name="Fix">What Microsoft says cures it.</param>
/// <param name="Checks">The checks of a diagnosis that tell whether it is the case.</param>
/// <param name="Occurs">Whether sync would report it for a user; <see langword="null"/> when that is not known.</param>
internal sealed record SyncError(string Name, string Means, string Fix, IReadOnlyList<string> Checks, Func<DiagnosisCase, bool?> Occurs);
