using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Reanchor.Adapters.Graph;

/// <summary>How Reanchor signs in to customers' tenants. Stored by name.</summary>
public enum GraphCredentialKind
{
    /// <summary>A user-assigned managed identity vouches for the application; no secret anywhere.</summary>
    FederatedIdentity,
    Certificate,
    ClientSecret,

    /// <summary>No sign-in: only for a simulator on this machine.</summary>
    None,
}

public sealed class GraphOptions : IValidatableObject
{
    public const string Section = "Graph";

    /// <summary>Where Graph is; <see langword="null"/> for the endpoint of each tenant's cloud.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The name of a <see cref="GraphCredentialKind"/>; text, so that a misspelt one can be refused with the right ones.</summary>
    public string Credential { get; set; } = nameof(GraphCredentialKind.FederatedIdentity);

    /// <summary><see langword="null"/> for a name that is not known.</summary>
    public GraphCredentialKind? Kind => Enum.GetNames<GraphCredentialKind>().Contains(Credential) ? Enum.Parse<GraphCredentialKind>(Credential) : null;

    /// <summary>The multitenant application that customers have consented to.</summary>
    public string? ClientId { get; set; }

    /// <summary>A PFX or PEM file with the private key.</summary>
    public string? CertificatePath { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>The user-assigned identity that is a federated credential of the application.</summary>
    public string? ManagedIdentityClientId { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint is { } endpoint && !(endpoint.IsAbsoluteUri && (endpoint.Scheme == Uri.UriSchemeHttps || endpoint.IsLoopback)))
        {
            yield return Say(nameof(Endpoint), "must be an https address such as https://graph.microsoft.com, or an address on this machine");
        }

        if (Kind is null)
        {
            yield return Say(nameof(Credential), $"must be one of {string.Join(", ", Enum.GetNames<GraphCredentialKind>())}");
            yield break;
        }

        if (Kind is GraphCredentialKind.None)
        {
            if (Endpoint is not { IsAbsoluteUri: true, IsLoopback: true })
            {
                yield return Say(nameof(Credential),
                    "is None, which only an address on this machine in Graph__Endpoint allows. Use FederatedIdentity, Certificate or ClientSecret");
            }

            yield break;
        }

        if (!Guid.TryParse(ClientId, out _))
        {
            yield return Say(nameof(ClientId), "must be the client id of the application that customers have consented to, a GUID");
        }

        if (Kind is GraphCredentialKind.FederatedIdentity && !Guid.TryParse(ManagedIdentityClientId, out _))
        {
            yield return Say(nameof(ManagedIdentityClientId),
                "must be the client id of the user-assigned managed identity that the application trusts, a GUID");
        }

        if (Kind is GraphCredentialKind.Certificate && !File.Exists(CertificatePath))
        {
            yield return Say(nameof(CertificatePath), "must name a PFX or PEM file that exists");
        }

        if (Kind is GraphCredentialKind.ClientSecret && string.IsNullOrEmpty(ClientSecret))
        {
            yield return Say(nameof(ClientSecret), "must be set, or choose another Graph__Credential");
        }
    }

    private static ValidationResult Say(string member, string what) => new($"{Section}__{member} {what}.", [member]);
}

[OptionsValidator]
public sealed partial class GraphOptionsValidator : IValidateOptions<GraphOptions>;
