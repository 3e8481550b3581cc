namespace Reanchor.Diagnosis;

public enum Likelihood
{
    Yes,
    No,

    /// <summary>Something that decides it could not be read.</summary>
    Unknown,
}

/// <summary>A sync error that the caller has in hand, explained for one user.</summary>
/// <param name="Occurs">Whether the user's present state makes sync report it.</param>
/// <param name="Checks">Names of the checks that tell.</param>
public sealed record ExplainedError(string Name, string Means, string Fix, Likelihood Occurs, IReadOnlyList<string> Checks)
{
    internal static ExplainedError Of(SyncError error, bool? occurs) => new(
        error.Name, error.Means, error.Fix, occurs switch { true => Likelihood.Yes, false => Likelihood.No, _ => Likelihood.Unknown }, error.Checks);
}
