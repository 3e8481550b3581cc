using System.Text.RegularExpressions;
using Azure.Identity;

namespace Reanchor.Adapters.Graph;

/// <summary>
/// Why a sign-in did not work, and what to do (Microsoft Learn, "Microsoft Entra authentication and authorization error codes").
/// Microsoft may change the codes: one that is not known here is shown as it is, and tried again.
/// </summary>
/// <param name="Code">Entra's, such as <c>AADSTS7000215</c>; else a word for what happened.</param>
/// <param name="TraceId">Under which Microsoft finds the sign-in; <see langword="null"/> when Entra gave none.</param>
/// <param name="NeedsRepair">A retry ends the same until somebody puts it right.</param>
internal sealed partial record SignInFailure(string Code, string? TraceId, string Text, bool NeedsRepair)
{
    private const string Consent =
        "Have an administrator of the tenant consent to it: GET /api/tenants/TENANT-ID/consent gives the address. If they have, check {0}__ClientId and the tenant's cloud.";

    private const string Trust =
        "Add a federated credential to the application: as issuer the sign-in address of the identity's own tenant with /v2.0, as subject the "
        + "identity's principal id, as audience {1}.";

    private const string OneCloud = "An application signs in to tenants of its own cloud only. Register the tenant with an installation in its cloud.";

    private static readonly Dictionary<string, (string Cause, string Cure)> Known = new()
    {
        ["700016"] = ("The tenant does not know the application.", Consent),
        ["7000229"] = ("The application has no service principal in the tenant.", Consent),
        ["65001"] = ("Nobody has consented to the application in the tenant, or the consent was withdrawn.", Consent),
        ["7000112"] = ("The application is disabled in the tenant.", "Have an administrator of the tenant enable it under Enterprise applications."),
        ["7000215"] = ("The client secret is wrong.", "Set {0}__ClientSecret to the secret's value, not to its id."),
        ["7000222"] = ("The client secret has expired.", "Make a new one for the application and set {0}__ClientSecret to its value."),
        ["700027"] = (
            "Entra does not accept the certificate: it is none of the application's, or it has expired.",
            "Add the public part of the certificate in {0}__CertificatePath to the application, or set a path to one that it has."),
        ["700024"] = ("The assertion is outside its time.", "Set the clock of this machine."),
        ["90002"] = ("There is no such tenant in this cloud.", "Check the tenant's id and its cloud, and register it again."),
        ["70021"] = ("No federated credential of the application fits the managed identity.", Trust),
        ["700211"] = ("No federated credential of the application has the managed identity's issuer.", Trust),
        ["700212"] = ("No federated credential of the application has the audience {1}.", Trust),
        ["700213"] = ("No federated credential of the application has the managed identity for a subject.", Trust),
        ["700236"] = (
            "The application and the managed identity are in different tenants.",
            "Register the application in the tenant of the managed identity, for accounts in any tenant, and have the customer consent to it."),
        ["500011"] = ("The tenant does not know Microsoft Graph under this address.", "Check the tenant's cloud."),
        ["53003"] = (
            "A Conditional Access policy of the tenant blocks the application.",
            "Have an administrator of the tenant allow it there, from the addresses that this installation calls from."),
        ["900382"] = ("The tenant is in another cloud than the application.", OneCloud),
        ["900439"] = ("The application belongs to the US Government cloud, the tenant to the global one.", OneCloud),
    };

    public static SignInFailure Of(AuthenticationFailedException exception, GraphCloud cloud, string section)
    {
        var words = string.Join(' ', Chain(exception).Select(ex => ex.Message));
        var trace = TraceIds().Match(words) is { Success: true } found ? found.Groups[1].Value : null;

        if (Codes().Match(words) is not { Success: true } match)
        {
            return Chain(exception).Any(ex => ex is CredentialUnavailableException)
                ? new("ManagedIdentity", trace,
                    $"The managed identity gives no token. Check that {section}__ManagedIdentityClientId is the client id of an identity "
                    + "that is assigned to this Function App.", NeedsRepair: false)
                : new("NoAnswer", trace, $"Entra's sign-in at {cloud.Authority} gives no answer: {Chain(exception).Last().Message}", NeedsRepair: false);
        }

        var (code, known) = (match.Groups[1].Value, Known.TryGetValue(match.Groups[1].Value, out var why));
        var text = known
            ? string.Format(null, $"{why.Cause} {why.Cure}", section, cloud.TokenExchangeAudience)
            : $"Entra refuses the sign-in; {cloud.Authority}error?code={code} says why.";
        return new($"AADSTS{code}", trace, $"Reanchor could not sign in to the tenant. {text} (AADSTS{code}, trace id {trace ?? "unknown"})", known);
    }

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }

    [GeneratedRegex(@"AADSTS(\d+)")]
    private static partial Regex Codes();

    [GeneratedRegex(@"Trace ID: ([0-9a-fA-F-]{36})")]
    private static partial Regex TraceIds();
}
