using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Reanchor.Functions.Http;

namespace Reanchor.Functions.Access;

/// <summary>Whose tokens are accepted, and for whom they must have been issued.</summary>
public sealed class AccessOptions : IValidatableObject
{
    public const string Section = "Access";

    /// <summary>The path of LocalHost's own issuer.</summary>
    public const string LocalPath = "/local";

    /// <summary>How the address of every issuer of Entra's ends.</summary>
    public const string Version = "/v2.0";

    /// <summary>
    /// Issuer of tokens: <c>https://login.microsoftonline.com/{directory id}/v2.0</c>, or LocalHost. Its keys are read from
    /// <c>/.well-known/openid-configuration</c> below it.
    /// </summary>
    public string Authority { get; set; } = "";

    /// <summary>The application ID URI that tokens are asked for; the <c>aud</c> of LocalHost's tokens.</summary>
    public string Audience { get; set; } = "";

    /// <summary>The client id of Reanchor's app registration: the <c>aud</c> of Entra's tokens of version 2. A local authority needs none.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Ids of further directories whose users and applications may sign in, separated by commas.</summary>
    public string AllowedTenants { get; set; } = "";

    /// <summary>
    /// Object ids of people in the authority's own directory, separated by commas, who may touch every tenant without a grant. What they
    /// may do there still takes a role.
    /// </summary>
    public string FirstAdministrators { get; set; } = "";

    /// <summary>How many requests one caller may make in a minute, in a burst or one after the other. Each process counts for itself.</summary>
    [Range(1, 1_000_000, ErrorMessage = $"{Section}__{nameof(RequestsPerMinute)} must be 1 to 1,000,000.")]
    public int RequestsPerMinute { get; set; } = 3000;

    /// <summary>How many sign-ins from one network may fail in a minute, in a burst or one after the other, before they are answered with 429.</summary>
    [Range(1, 1_000_000, ErrorMessage = $"{Section}__{nameof(FailedSignInsPerMinute)} must be 1 to 1,000,000.")]
    public int FailedSignInsPerMinute { get; set; } = 30;

    /// <summary>The authority is LocalHost on this very machine, so its tokens may say which tenants their bearer may touch.</summary>
    public bool IsLocalAuthority => IsLoopback && new Uri(Authority).AbsolutePath == LocalPath;

    /// <summary>On this machine plain http will do.</summary>
    public bool IsLoopback => Uri.TryCreate(Authority, UriKind.Absolute, out var uri) && uri.IsLoopback;

    public IReadOnlyList<string> Audiences => ClientId.Length == 0 ? [Audience] : [Audience, ClientId];

    /// <summary>The authority's own directory; <see langword="null"/> for a local authority.</summary>
    public Guid? Directory => DirectoryOf(Authority);

    public IEnumerable<Guid> FirstAdministratorIds => Ids(FirstAdministrators).OfType<Guid>();

    /// <summary>The issuer of each directory whose tokens are accepted; empty for a local authority.</summary>
    public IReadOnlyDictionary<Guid, string> Issuers => Directory is { } home
        ? Ids(AllowedTenants).Prepend(home).Distinct().ToDictionary(
            id => id!.Value, id => $"{new Uri(Authority).GetLeftPart(UriPartial.Authority)}/{id:D}{Version}")
        : new Dictionary<Guid, string>();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsAcceptable(Authority))
        {
            yield return new(
                $"{Section}__{nameof(Authority)} is {(Authority.Length == 0 ? "not set" : $"'{Authority}'")}. Set it to the https address of your own directory's token issuer, "
                + "https://login.microsoftonline.com/{directory id}/v2.0. An issuer for many directories (organizations, common) is not taken: list further ones in "
                + $"{Section}__{nameof(AllowedTenants)}. Plain http is accepted for a loopback address only, such as LocalHost's.",
                [nameof(Authority)]);
        }

        if (string.IsNullOrWhiteSpace(Audience))
        {
            yield return new(
                $"{Section}__{nameof(Audience)} is not set. Set it to the application ID URI of Reanchor's app registration, such as api://reanchor.",
                [nameof(Audience)]);
        }

        if ((ClientId.Length > 0 || !IsLocalAuthority) && !EntraId.TryParse(ClientId, out _))
        {
            yield return new(
                $"{Section}__{nameof(ClientId)} is {(ClientId.Length == 0 ? "not set" : $"'{ClientId}'")}. Set it to the application (client) id of Reanchor's app registration; "
                + "Entra writes it into tokens of version 2 as the audience.",
                [nameof(ClientId)]);
        }

        if (Ids(FirstAdministrators).Contains(null))
        {
            yield return new(
                $"{Section}__{nameof(FirstAdministrators)} is '{FirstAdministrators}'. List object ids of people (GUIDs with hyphens), separated by commas, or leave it out.",
                [nameof(FirstAdministrators)]);
        }

        if (Ids(AllowedTenants).Contains(null))
        {
            yield return new(
                $"{Section}__{nameof(AllowedTenants)} is '{AllowedTenants}'. List directory ids (GUIDs with hyphens), separated by commas, or leave it out.",
                [nameof(AllowedTenants)]);
        }
    }

    private static bool IsAcceptable(string authority) =>
        Uri.TryCreate(authority, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri.UserInfo.Length + uri.Query.Length + uri.Fragment.Length == 0
        && (DirectoryOf(authority) is not null || (uri.IsLoopback && uri.AbsolutePath == LocalPath));

    /// <returns><see langword="null"/> when it names no single directory.</returns>
    private static Guid? DirectoryOf(string authority) =>
        Uri.TryCreate(authority, UriKind.Absolute, out var uri)
        && uri.AbsolutePath.Length > Version.Length
        && uri.AbsolutePath.EndsWith(Version, StringComparison.Ordinal)
        && Guid.TryParseExact(uri.AbsolutePath[1..^Version.Length], "D", out var id) ? id : null;

    private static IEnumerable<Guid?> Ids(string list) => list
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(text => EntraId.TryParse(text, out var id) ? id : (Guid?)null);
}

[OptionsValidator]
public sealed partial class AccessOptionsValidator : IValidateOptions<AccessOptions>;
