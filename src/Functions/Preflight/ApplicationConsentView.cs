using Reanchor.Preflight;

namespace Reanchor.Functions.Preflight;

/// <summary>One of Reanchor's applications in a tenant, as callers see it.</summary>
/// <param name="Uses">What it is for: <c>read</c>, <c>write</c>, or both.</param>
/// <param name="ConsentAddress">For an administrator of the tenant to open.</param>
/// <param name="SignInProblem">Why it cannot sign in to the directory or read it, and what to do; <see langword="null"/> when it can.</param>
/// <param name="NotNeeded">Permissions that it has and does not need: take them away.</param>
public sealed record ApplicationConsentView(
    IReadOnlyList<DirectoryUse> Uses,
    string? ClientId,
    string? ConsentAddress,
    string? SignInProblem,
    IReadOnlyList<PermissionView> Permissions,
    IReadOnlyList<string> NotNeeded)
{
    public static ApplicationConsentView Of(ApplicationConsent consent) => new(
        consent.Application.Uses,
        consent.Application.ClientId,
        consent.Application.ConsentAddress?.AbsoluteUri,
        consent.SignInProblem,
        [.. consent.Permissions.Select(PermissionView.Of)],
        consent.NotNeeded);
}
