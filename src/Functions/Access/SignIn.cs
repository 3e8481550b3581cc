using System.Security.Claims;
using Reanchor.Access;

namespace Reanchor.Functions.Access;

/// <summary>What came of a request's credential.</summary>
internal sealed record SignIn
{
    /// <summary>The issuer's keys could not be read, so nothing can be said of the token.</summary>
    public static SignIn Unknown { get; } = new() { IsUnknown = true };

    public bool IsUnknown { get; private init; }

    /// <summary><see langword="null"/> when nobody has signed in.</summary>
    public Caller? Caller { get; private init; }

    public ClaimsPrincipal? User { get; private init; }

    /// <summary>Why not, for the log: nothing that the credential says.</summary>
    public string Reason { get; private init; } = "";

    /// <summary>Why not, for the caller.</summary>
    public string Detail { get; private init; } = "";

    public string Challenge { get; private init; } = "Bearer error=\"invalid_token\"";

    public static SignIn Of(Caller caller, ClaimsPrincipal user) => new() { Caller = caller, User = user };

    public static SignIn Refused(string reason, string detail) => new() { Reason = reason, Detail = detail };

    public static SignIn None(string detail) => new() { Reason = "no token", Detail = detail, Challenge = "Bearer" };
}
