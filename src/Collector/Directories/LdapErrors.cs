namespace Reanchor.Collector.Directories;

/// <summary>Result codes of RFC 4511, and those that the client library makes up (RFC 1823 and its successors).</summary>
internal static class LdapErrors
{
    public const int StrongAuthRequired = 8;
    public const int ConfidentialityRequired = 13;
    public const int NoSuchObject = 32;
    public const int InappropriateAuthentication = 48;
    public const int InvalidCredentials = 49;
    public const int InsufficientAccessRights = 50;
    public const int ServerDown = 81;
    public const int LocalError = 82;
    public const int Timeout = 85;
    public const int AuthUnknown = 86;
    public const int ConnectError = 91;
}
