using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Reanchor.Functions.Access;

/// <summary>Whose tokens are accepted, and for whom they must have been issued.</summary>
public sealed class AccessOptions : IValidatableObject
{
    public const string Section = "Access";

    /// <summary>Issuer of tokens; its keys are read from <c>/.well-known/openid-configuration</c> below it.</summary>
    public string Authority { get; set; } = "";

    /// <summary>The <c>aud</c> that a token must carry.</summary>
    public string Audience { get; set; } = "";

    /// <summary>The authority is LocalHost on this very machine, so its tokens may say which tenants their bearer may touch.</summary>
    public bool IsLocalAuthority => Uri.TryCreate(Authority, UriKind.Absolute, out var uri) && uri.IsLoopback;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsAcceptable(Authority))
        {
            yield return new(
                $"{Section}__{nameof(Authority)} is {(Authority.Length == 0 ? "not set" : $"'{Authority}'")}. Set it to the https address of your tenant's token issuer, such as "
                + "https://login.microsoftonline.com/{tenant id}/v2.0; plain http is accepted for a loopback address only, such as LocalHost's.",
                [nameof(Authority)]);
        }

        if (string.IsNullOrWhiteSpace(Audience))
        {
            yield return new(
                $"{Section}__{nameof(Audience)} is not set. Set it to the application ID URI of Reanchor's app registration, such as api://reanchor.",
                [nameof(Audience)]);
        }
    }

    private static bool IsAcceptable(string authority) =>
        Uri.TryCreate(authority, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri.UserInfo.Length + uri.Query.Length + uri.Fragment.Length == 0;
}

[OptionsValidator]
public sealed partial class AccessOptionsValidator : IValidateOptions<AccessOptions>;
