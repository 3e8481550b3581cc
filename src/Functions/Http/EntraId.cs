namespace Reanchor.Functions.Http;

/// <summary>The id of an Entra object or application as an address, a body or a setting gives it: a GUID with dashes and no braces, and not the empty one.</summary>
internal static class EntraId
{
    public static bool TryParse(string? text, out Guid id) => Guid.TryParseExact(text, "D", out id) && id != Guid.Empty;
}
