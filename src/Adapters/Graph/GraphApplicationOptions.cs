using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

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

/// <summary>One application in Entra, and what it proves itself with.</summary>
public class GraphApplicationOptions
{
    /// <summary>The name of a <see cref="GraphCredentialKind"/>; text, so that a misspelt one can be refused with the right ones.</summary>
    public string Credential { get; set; } = nameof(GraphCredentialKind.FederatedIdentity);

    /// <summary><see langword="null"/> for a name that is not known.</summary>
    public GraphCredentialKind? Kind => Enum.GetNames<GraphCredentialKind>().Contains(Credential) ? Enum.Parse<GraphCredentialKind>(Credential) : null;

    /// <summary>The multitenant application that customers have consented to.</summary>
    public string? ClientId { get; set; }

    /// <summary>A PFX or PEM file with the private key and without a password.</summary>
    public string? CertificatePath { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>The user-assigned identity that is a federated credential of the application.</summary>
    public string? ManagedIdentityClientId { get; set; }

    /// <param name="section">As the settings begin.</param>
    /// <param name="onThisMachine">Graph is a simulator on this machine.</param>
    internal IEnumerable<ValidationResult> Check(string section, bool onThisMachine)
    {
        if (Kind is null)
        {
            yield return Say(nameof(Credential), $"must be one of {string.Join(", ", Enum.GetNames<GraphCredentialKind>())}");
            yield break;
        }

        if (Kind is GraphCredentialKind.None)
        {
            if (!onThisMachine)
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

        if (Kind is GraphCredentialKind.Certificate && !HoldsPrivateKey(CertificatePath))
        {
            yield return Say(nameof(CertificatePath),
                "must name a .pfx or .pem file that holds the certificate and its private key, without a password, and that this process may read");
        }

        if (Kind is GraphCredentialKind.ClientSecret && string.IsNullOrWhiteSpace(ClientSecret))
        {
            yield return Say(nameof(ClientSecret), $"must be set, or choose another {section}__{nameof(Credential)}");
        }

        ValidationResult Say(string member, string what) => new($"{section}__{member} {what}.", [member]);
    }

    private static bool HoldsPrivateKey(string? path)
    {
        try
        {
            using var certificate = Path.GetExtension(path)?.ToUpperInvariant() switch
            {
                ".PFX" => X509CertificateLoader.LoadPkcs12FromFile(path!, password: null),
                ".PEM" => X509Certificate2.CreateFromPemFile(path!),
                _ => null,
            };
            return certificate is { HasPrivateKey: true };
        }
        catch (Exception ex) when (ex is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
