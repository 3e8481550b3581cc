namespace Reanchor.IntegrationTests.SignIn;

/// <summary>A request for a token, as it arrived.</summary>
/// <param name="Authority">The host that it was sent to.</param>
/// <param name="Tenant">In the path.</param>
internal sealed record TokenRequest(string Authority, string Tenant, IReadOnlyDictionary<string, string> Form)
{
    public string ClientId => Form["client_id"];

    public string Scope => Form["scope"];
}
