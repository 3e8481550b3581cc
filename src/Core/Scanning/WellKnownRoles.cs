namespace Reanchor.Scanning;

/// <summary>Template ids of Entra's built-in roles; the same in every tenant (Learn, Microsoft Entra built-in roles).</summary>
public static class WellKnownRoles
{
    public const string DirectorySynchronizationAccounts = "d29b2b05-8046-44ba-8758-1e26182fcf32";
}
