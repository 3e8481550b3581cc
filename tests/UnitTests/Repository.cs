using System.Runtime.CompilerServices;

namespace Reanchor.UnitTests;

/// <summary>Finds files of the repository from where this one was compiled.</summary>
internal static class Repository
{
    public static string Path(string relative) => System.IO.Path.GetFullPath(System.IO.Path.Combine(Root(), relative));

    private static string Root([CallerFilePath] string here = "") => System.IO.Path.Combine(here, "../../..");
}
