using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Reanchor.Collector.Directories;

/// <summary>
/// Finds out why a server's certificate was refused, which the LDAP library does not tell. It shakes hands once more, sends nothing,
/// and trusts nothing: its only result is a sentence.
/// </summary>
internal static class TlsDiagnosis
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <returns><see langword="null"/> when TLS is not the trouble.</returns>
    public static async Task<string?> ExplainAsync(ServerAddress address, DirectorySettings settings, CancellationToken cancellationToken)
    {
        var port = address.PortFor(settings.PlainLdap);
        string? trouble = null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);

        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.Host, port, limit.Token);
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsClientAsync(Options(), limit.Token);
        }
        catch (AuthenticationException)
        {
            trouble ??= $"Port {port} of {address.Host} does not speak TLS as it should. Check that it is the LDAPS port and that the server has a certificate.";
        }
        catch (Exception ex) when (ex is IOException or SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            trouble ??= $"{address.Host} ends the TLS connection on port {port}. Check that the server has a certificate for LDAPS.";
        }

        return trouble;

        SslClientAuthenticationOptions Options() => new()
        {
            TargetHost = address.Host,
            CertificateChainPolicy = Policy(settings.CaFolder),
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                trouble = Explain(address, certificate as X509Certificate2, chain, errors);
                return false;
            },
        };
    }

    private static X509ChainPolicy Policy(string? caFolder)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };

        if (caFolder is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;

            foreach (var file in Directory.EnumerateFiles(caFolder))
            {
                try
                {
                    policy.CustomTrustStore.ImportFromPemFile(file);
                }
                catch (System.Security.Cryptography.CryptographicException)
                {
                    // Not a certificate; the folder may hold other files.
                }
            }
        }

        return policy;
    }

    private static string? Explain(ServerAddress address, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return $"{address} has no certificate for LDAPS. Issue one to the domain controller.";
        }

        if (certificate.NotAfter < DateTime.Now || certificate.NotBefore > DateTime.Now)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"The certificate of {address} is valid from {certificate.NotBefore:yyyy-MM-dd} to {certificate.NotAfter:yyyy-MM-dd} only. Renew it, and check this machine's clock.");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return $"The certificate of {address} is for another name ({certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false)}). "
                + "Give the server by the name in its certificate.";
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            var cure = OperatingSystem.IsWindows()
                ? "Import that authority's certificate into this machine's trusted root certificates."
                : "Put that authority's certificate as PEM into a folder and give it with --ca-folder.";
            var reason = chain?.ChainStatus.FirstOrDefault().StatusInformation.Trim() is { Length: > 0 } text ? $" ({text})" : "";
            return $"The certificate of {address} was issued by {certificate.Issuer}, which this machine does not trust{reason}. {cure}";
        }

        return null;
    }
}
