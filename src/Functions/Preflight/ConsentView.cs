namespace Reanchor.Functions.Preflight;

/// <summary>What each of Reanchor's applications may do in a tenant, and how the tenant consents.</summary>
public sealed record ConsentView(IEnumerable<ApplicationConsentView> Applications);
