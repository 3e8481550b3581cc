using Reanchor.Scanning;

namespace Reanchor.Preflight;

/// <summary>An application permission of Microsoft Graph that Reanchor uses in every tenant.</summary>
/// <param name="Name">The value of the app role, as the consent page and Graph's reference show it.</param>
/// <param name="NeededFor">What Reanchor does with it, as the rest of a sentence.</param>
/// <param name="Without">What is lost when the tenant does not grant it.</param>
public sealed record DirectoryPermission(string Name, string NeededFor, string Without)
{
    /// <summary>What for, and so which of two applications needs it, where there are two.</summary>
    public IReadOnlyList<DirectoryUse> Uses { get; init; } = [DirectoryUse.Read];

    /// <summary>What is read through it; none for a permission that a reading cannot prove.</summary>
    internal Func<PermissionEvidence, IReadOnlyList<IReading>> Readings { get; init; } = _ => [];
}
