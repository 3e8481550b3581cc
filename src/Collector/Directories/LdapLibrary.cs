using System.Runtime.InteropServices;

namespace Reanchor.Collector.Directories;

/// <summary>
/// Settings of OpenLDAP's library that only it can make, for connections made afterwards. Windows uses another library, which needs
/// none of them.
/// </summary>
internal static class LdapLibrary
{
    // ldap.h
    private const int Restart = 0x0009;
    private const int RequireCertificate = 0x6006;
    private const int Demand = 2;

    // The names that System.DirectoryServices.Protocols looks for, in its order.
    private static readonly string[] Names = ["libldap.so.2", "libldap-2.6.so.0", "libldap-2.5.so.0", "libldap-2.4.so.2"];

    private static readonly Lazy<string?> Problem = new(Set);

    private delegate int SetOption(nint connection, int option, nint value);

    private delegate int SetVariable(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);

    /// <summary>Does nothing where another library is used, or none is there; a connection then says so itself.</summary>
    /// <exception cref="CollectorFailureException">The library refused a setting.</exception>
    public static void Prepare(DirectorySettings settings)
    {
        if (!OperatingSystem.IsWindows() && settings is { Credential: null, PlainLdap: false })
        {
            LeaveProtectionToTls();
        }

        if (Problem.Value is { } problem)
        {
            throw CollectorFailureException.Directory(problem);
        }
    }

    /// <summary>
    /// Kerberos signs and seals by itself, and a domain controller refuses that inside TLS. The library has this setting for
    /// connections to come in a variable only, which it reads when it is first used.
    /// </summary>
    private static void LeaveProtectionToTls()
    {
        // .NET keeps variables that it sets to itself, so the C library's own function must.
        var address = NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "setenv");
        Marshal.GetDelegateForFunctionPointer<SetVariable>(address)("LDAPSASL_SECPROPS", "maxssf=0", overwrite: 1);
    }

    private static string? Set()
    {
        if (OperatingSystem.IsWindows() || Load() is not { } setOption)
        {
            return null;
        }

        // When a signal interrupts the library it takes that for the end of the connection, and the runtime itself sends signals to
        // its threads, for a garbage collection among others. Any value but null means on; no connection means every one to come.
        if (setOption(connection: 0, Restart, value: 1) != 0)
        {
            return "The LDAP library of this machine cannot be told to go on after a signal. Install OpenLDAP 2.5 or later.";
        }

        // LDAPTLS_REQCERT and ldap.conf can tell the library to take any certificate; then anybody could answer as the domain controller.
        return SetNumber(setOption, RequireCertificate, Demand) == 0
            ? null
            : "The LDAP library of this machine cannot check certificates. Install OpenLDAP 2.5 or later with TLS.";
    }

    private static SetOption? Load()
    {
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, out var library) && NativeLibrary.TryGetExport(library, "ldap_set_option", out var address))
            {
                return Marshal.GetDelegateForFunctionPointer<SetOption>(address);
            }
        }

        return null;
    }

    private static int SetNumber(SetOption setOption, int option, int number)
    {
        var value = Marshal.AllocHGlobal(sizeof(int));

        try
        {
            Marshal.WriteInt32(value, number);
            return setOption(connection: 0, option, value);
        }
        finally
        {
            Marshal.FreeHGlobal(value);
        }
    }
}
