namespace Reanchor.Tenants;

/// <summary>The Microsoft cloud a tenant lives in. Stored by name.</summary>
public enum Cloud
{
    /// <summary>Worldwide, GCC included.</summary>
    Global,

    /// <summary>US Government, GCC High.</summary>
    UsGovernment,

    /// <summary>US Department of Defense.</summary>
    UsDefense,

    /// <summary>Operated by 21Vianet.</summary>
    China,
}
