namespace Reanchor.Contracts;

/// <summary>Finds files of the repository from wherever the tests were built.</summary>
public static class Repository
{
    private static readonly string Root = FindRoot();

    public static string Path(string relative) => System.IO.Path.GetFullPath(System.IO.Path.Combine(Root, relative));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;

        while (!File.Exists(System.IO.Path.Combine(folder, "Functions.sln")))
        {
            folder = System.IO.Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Functions.sln.");
        }

        return folder;
    }
}
