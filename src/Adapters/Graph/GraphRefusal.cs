using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;

namespace Reanchor.Adapters.Graph;

/// <summary>Turns Graph's refusal of a write into a cause and a cure.</summary>
internal static class GraphRefusal
{
    public static string Explain(ApiException ex)
    {
        var error = (ex as ODataError)?.Error;
        var message = error?.Message ?? ex.Message;

        var cause = ex.ResponseStatusCode switch
        {
            403 => "The application may not write this property of this user. Grant User.ReadWrite.All in the tenant; for users "
                + "with admin roles it does not suffice, and they are best left alone.",
            404 => "There is no such user any more.",
            400 when message.Contains("on-premises mastered", StringComparison.OrdinalIgnoreCase) =>
                "The user is synced: its anchor can be changed on-premises only.",
            400 when error?.Details?.Any(d => d.Code == "ObjectConflict") is true =>
                "Another user has this anchor already. Find it, and decide which of the two may keep it.",
            400 when message.Contains("federated", StringComparison.OrdinalIgnoreCase) =>
                "The user's domain is federated. Move the user to a managed domain first.",
            _ => "Graph refused the write, and Reanchor does not know this refusal. Nothing was changed.",
        };

        return $"{cause} (Graph: {GraphCall.Describe(ex)})";
    }
}
