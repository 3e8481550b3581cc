using Reanchor.Functions.Access;

namespace Reanchor.Functions.Pages;

/// <summary>How people sign in to this installation: what the console has to know before anybody has.</summary>
/// <param name="SignIn"><c>local</c> for a token that LocalHost gives; <c>entra</c>.</param>
/// <param name="Authority">Who signs people in; without <c>/v2.0</c>, as sign-in libraries want it.</param>
/// <param name="ClientId">The app registration; <see langword="null"/> for a local sign-in.</param>
/// <param name="Scope">
/// What a token is asked for; <see langword="null"/> for a local sign-in. The console signs in as the API's own application, and Entra gives
/// an application a token for itself only by client id (AADSTS90009).
/// </param>
public sealed record ConsoleSettings(string SignIn, string Authority, string? ClientId, string? Scope)
{
    public static ConsoleSettings Of(AccessOptions access) => access.Directory is null
        ? new("local", access.Authority, null, null)
        : new("entra", access.Authority[..^AccessOptions.Version.Length], access.ClientId, $"{access.ClientId}/.default");
}
