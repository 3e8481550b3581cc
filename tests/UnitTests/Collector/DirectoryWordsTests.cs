using System.DirectoryServices.Protocols;
using Reanchor.Collector.Directories;

namespace Reanchor.UnitTests.Collector;

public sealed class DirectoryWordsTests
{
    private static readonly ServerAddress Server = new("dc1.corp.example", null);
    private static readonly DirectorySettings Settings = new() { Servers = [Server] };

    [Theory]
    [InlineData(49, "80090308: LdapErr: DSID-0C090569, comment: AcceptSecurityContext error, data 52e, v4563", "the user name or the password is wrong")]
    [InlineData(49, "80090308: LdapErr: DSID-0C090569, comment: AcceptSecurityContext error, data 532, v4563", "the password has expired")]
    [InlineData(49, "80090308: LdapErr: DSID-0C090569, comment: AcceptSecurityContext error, data 775, v4563", "the account is locked out")]
    [InlineData(49, "80090346: LdapErr: DSID-0C090702, comment: AcceptSecurityContext error, data 80090346, v4563", "it requires channel binding")]
    [InlineData(49, null, "the user name or the password is wrong")]
    [InlineData(8, "00002028: LdapErr: DSID-0C090273, comment: The server requires binds to turn on integrity checking", "takes no Kerberos sign-in inside TLS")]
    [InlineData(50, null, "Read all properties")]
    [InlineData(81, null, "ended the connection")]
    [InlineData(85, null, "took too long")]
    [InlineData(82, null, "run kinit first")]
    [InlineData(1, "000004DC: \r\n something", "answered with LDAP error 1: 000004DC: something")]
    public void Explain_Failure_SaysWhatToDo(int code, string? server, string expected)
    {
        var words = DirectoryWords.Explain(new LdapException(code, "The LDAP library's words.", server), Server, Settings);

        Assert.Contains(expected, words, StringComparison.Ordinal);
        Assert.Contains("dc1.corp.example", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_SignInWithoutTlsRefused_SaysToUseLdaps()
    {
        var words = DirectoryWords.Explain(new LdapException(8, "The LDAP library's words.", ""), Server, Settings with { PlainLdap = true });

        Assert.Contains("Leave --plain-ldap out", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_LibraryMissing_SaysWhatToInstall()
    {
        var words = DirectoryWords.Explain(new DllNotFoundException(), Server, Settings);

        Assert.Contains("apt-get install libldap", words, StringComparison.Ordinal);
    }
}
