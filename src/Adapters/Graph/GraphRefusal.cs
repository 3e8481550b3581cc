using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;
using Reanchor.Clearing;

namespace Reanchor.Adapters.Graph;

/// <summary>
/// Turns Graph's refusal of a write into a cause and a cure. The codes and words are Microsoft's (Learn, "Update user" and "Clear
/// on-premises attributes"; support articles on ObjectConflict); for a federated domain none are documented, so the words are searched.
/// </summary>
internal static class GraphRefusal
{
    public static AnchorRefusal Of(ApiException ex)
    {
        var cause = CauseOf(ex);
        return new(cause, $"{Cure(cause)} (Graph: {GraphCall.Describe(ex)})");
    }

    private static RefusalCause CauseOf(ApiException ex)
    {
        var error = (ex as ODataError)?.Error;
        var message = error?.Message ?? ex.Message;

        return ex.ResponseStatusCode switch
        {
            // Of a privileged user Graph says the same: who refused is told apart by the user's roles.
            403 => RefusalCause.Permission,
            404 => RefusalCause.NotFound,
            400 when error?.Details?.Any(d => d.Code is "ObjectConflict" or "ConflictingObjects") is true
                || Says(message, "same value for property") => RefusalCause.Uniqueness,
            400 when Says(message, "on-premises mastered") || Says(message, "originated within an external service") => RefusalCause.Synced,
            400 when Says(message, "federated") => RefusalCause.Federated,
            _ => RefusalCause.Unknown,
        };
    }

    private static string Cure(RefusalCause cause) => cause switch
    {
        RefusalCause.Permission => "The application may not write this property of this user. Grant User.ReadWrite.All, with admin "
            + "consent, in the tenant; then scan again.",
        RefusalCause.NotFound => "There is no such user any more. If it was deleted by mistake, restore it in Entra and scan again.",
        RefusalCause.Synced => "The user is synced, or managed by another service: its anchor can be changed at its source only. A later scan that "
            + "finds it cloud-only with a leftover anchor proposes it again.",
        RefusalCause.Uniqueness => "Another user has this anchor already. Find it, and decide which of the two may keep it.",
        RefusalCause.Federated => "The user's domain is federated, and the anchor is the sign-in key there. Move the user to a managed "
            + "domain first, if it is really to be changed, then scan again.",
        _ => "Graph refused the write, and Reanchor does not know this refusal. Nothing was changed.",
    };

    private static bool Says(string message, string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);
}
