using System.Runtime.InteropServices;

namespace Reanchor.Collector.Directories;

/// <summary>
/// Makes OpenLDAP's library go on waiting when a signal interrupts it. By default it takes that for the end of the connection, and the
/// runtime itself sends signals to its threads, for a garbage collection among others: a long export would fail now and then.
/// </summary>
internal static class LdapInterruptions
{
    // ldap.h: LDAP_OPT_RESTART. It can be set by this call only, and for connections made afterwards.
    private const int Restart = 0x0009;

    // The names that System.DirectoryServices.Protocols looks for, in its order.
    private static readonly string[] Libraries = ["libldap.so.2", "libldap-2.6.so.0", "libldap-2.5.so.0", "libldap-2.4.so.2"];

    private static readonly Lazy<bool> Set = new(SetRestart);

    private delegate int SetOption(nint connection, int option, nint value);

    /// <summary>Does nothing where another library is used, or none is there; a connection then says so itself.</summary>
    public static void Survive() => _ = Set.Value;

    private static bool SetRestart()
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        foreach (var name in Libraries)
        {
            if (NativeLibrary.TryLoad(name, out var library) && NativeLibrary.TryGetExport(library, "ldap_set_option", out var address))
            {
                // Any value but null means on; no connection means every one to come.
                return Marshal.GetDelegateForFunctionPointer<SetOption>(address)(connection: 0, Restart, value: 1) == 0;
            }
        }

        return false;
    }
}
