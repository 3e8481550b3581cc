using System.DirectoryServices.Protocols;
using System.Text.RegularExpressions;

namespace Reanchor.Collector.Directories;

/// <summary>What to tell the administrator about a failure of LDAP, and what to try next.</summary>
internal static partial class DirectoryWords
{
    public static string Explain(Exception failure, ServerAddress address, DirectorySettings settings) => failure switch
    {
        LdapException ex => Explain(ex.ErrorCode, ex.ServerErrorMessage, ex.Message, address, settings),
        DirectoryOperationException { Response: { } response } ex =>
            Explain((int)response.ResultCode, response.ErrorMessage, ex.Message, address, settings),
        DirectoryOperationException ex => Explain(0, ex.Message, ex.Message, address, settings),
        _ => "The LDAP library of this machine could not be loaded. On Debian and Ubuntu run: apt-get install libldap-2.5-0 "
            + "(or libldap2); on Red Hat: dnf install openldap.",
    };

    private static string Explain(int code, string? server, string message, ServerAddress address, DirectorySettings settings) => code switch
    {
        LdapErrors.InvalidCredentials => $"{address} refused the sign-in: {SignInReason(server)}",
        LdapErrors.StrongAuthRequired when settings is { PlainLdap: false, Credential: null } =>
            $"{address} takes no Kerberos sign-in inside TLS. Give --user and a password file.",
        LdapErrors.StrongAuthRequired or LdapErrors.ConfidentialityRequired =>
            $"{address} refuses a sign-in without TLS. Leave --plain-ldap out, so that LDAPS on port 636 is used.",
        LdapErrors.InappropriateAuthentication =>
            $"{address} refuses this kind of sign-in. Give --user in the form reader@corp.example and a password.",
        LdapErrors.InsufficientAccessRights or LdapErrors.NoSuchObject =>
            $"The account may not read {address}'s accounts. Give it the right Read all properties on user objects, then try again.",
        LdapErrors.LocalError or LdapErrors.AuthUnknown when settings.Credential is null =>
            $"The account that runs this program could not sign in to {address} by Kerberos. On Linux run kinit first and have "
            + "libsasl2-modules-gssapi-mit installed, or give --user and a password file.",
        LdapErrors.ServerDown or LdapErrors.ConnectError =>
            $"{address} ended the connection (LDAP error {code}). Nothing was written. Check that the domain controller is running, then try again.",
        LdapErrors.Timeout => $"{address} took too long to answer. Try again, or use a smaller --page-size.",
        _ when StrongAuth().IsMatch(server ?? message) => Explain(LdapErrors.StrongAuthRequired, server, message, address, settings),
        _ => $"{address} answered with LDAP error {code}: {OneLine(server ?? message)}",
    };

    private static string SignInReason(string? server) => server is not null && ChannelBinding().IsMatch(server)
        ? "it requires channel binding, which a Kerberos sign-in from this machine does not have. Give --user and a password file."
        : SignInReasonOfData(server);

    // The code that Windows hides in the text, as in "80090308: LdapErr: ..., data 52e, v4563".
    private static string SignInReasonOfData(string? server) => (server is null ? "" : Data().Match(server).Groups[1].Value.ToLowerInvariant()) switch
    {
        "525" => "there is no such user. Check --user; the form reader@corp.example is the safest.",
        "530" => "the account may not sign in at this time of day. Change its logon hours.",
        "531" => "the account may not sign in from this computer. Change its logon workstations.",
        "532" => "the password has expired. Set a new one.",
        "533" => "the account is disabled. Enable it, or give another one.",
        "701" => "the account has expired. Extend it, or give another one.",
        "773" => "the password must be changed first. Sign in once and change it.",
        "775" => "the account is locked out. Unlock it, and check where the wrong password comes from.",
        _ => "the user name or the password is wrong. Check both; the form reader@corp.example is the safest.",
    };

    private static string OneLine(string text) => Space().Replace(text, " ").Trim();

    [GeneratedRegex(@"data ([0-9a-f]{3,8})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Data();

    // SEC_E_BAD_BINDINGS, which Windows answers instead of another reason.
    [GeneratedRegex(@"\b80090346\b", RegexOptions.CultureInvariant)]
    private static partial Regex ChannelBinding();

    [GeneratedRegex("strong auth|00002028", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StrongAuth();

    [GeneratedRegex(@"[\p{C}\s]+", RegexOptions.CultureInvariant)]
    private static partial Regex Space();
}
