namespace Reanchor.Functions.Http;

/// <summary>A reason is for whoever reads the audit trail later; it may not be empty.</summary>
internal static class ReasonText
{
    private const int MaxLength = 2000;

    /// <returns>What is wrong; <see langword="null"/> when nothing is.</returns>
    public static string? Check(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? "A reason is needed; the audit trail keeps it."
        : reason.Length > MaxLength ? $"A reason has at most {MaxLength} characters."
        : null;
}
