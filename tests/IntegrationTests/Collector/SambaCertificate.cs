using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Reanchor.IntegrationTests.Collector;

/// <summary>The certificate of a domain controller. Samba's own names no address, and takes seconds to make.</summary>
internal static class SambaCertificate
{
    /// <param name="address">The address that it is for, which need not be the server's.</param>
    public static void Write(string folder, string address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=dc1.example", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));

        var tls = Directory.CreateDirectory(Path.Combine(folder, "private", "tls"));
        var keyFile = Path.Combine(tls.FullName, "key.pem");
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());

        // Samba takes no key that others could read.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(keyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var pem = certificate.ExportCertificatePem();
        var ca = Directory.CreateDirectory(Path.Combine(folder, "ca"));
        File.WriteAllText(Path.Combine(tls.FullName, "cert.pem"), pem);
        File.WriteAllText(Path.Combine(tls.FullName, "ca.pem"), pem);
        File.WriteAllText(Path.Combine(ca.FullName, "ca.pem"), pem);
    }
}
