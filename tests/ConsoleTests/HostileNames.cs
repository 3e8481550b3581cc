using Reanchor.GraphSimulator;

namespace Reanchor.ConsoleTests;

/// <summary>What somebody may write into a directory to harm whoever reads it here.</summary>
internal static class HostileNames
{
    public const string Markup = "<img src=x onerror=alert(1)><script>alert(2)</script>&lt;b&gt;\"'${1}";
    public const string RightToLeft = "\u202Eevil\u200F txt.exe";
    public const string Formula = "=cmd|' /C calc'!A0";

    /// <summary>Nothing in it lets a line break.</summary>
    public static readonly string Long = new('W', 300);

    public static readonly string[] All = [Markup, RightToLeft, Formula, Long];

    /// <summary>For each name a leftover of that name with an account of that name, and a user with an anchor like it.</summary>
    public static void AddTo(SimulatedTenant tenant)
    {
        var domain = tenant.Domains.First(d => !d.IsInitial).Id;

        for (var i = 0; i < All.Length; i++)
        {
            var name = All[i];
            var address = $"hostile{i}@{domain}";
            tenant.AddUser(new() { UserPrincipalName = address, DisplayName = name, Mail = address, OnPremisesImmutableId = AdAccount.ToAnchor(Guid.NewGuid()) });
            tenant.Forests[0].AddAccount(new() { UserPrincipalName = address, SamAccountName = name, DisplayName = name, DistinguishedName = $"CN={name},DC=example" });
            tenant.AddUser(new() { UserPrincipalName = $"anchor{i}@{domain}", DisplayName = name, OnPremisesImmutableId = name });
        }
    }
}
