using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Reanchor.Functions.Pages;

/// <summary>The console's files. Nothing outside their folder can be named, and nothing of a kind that a page does not use.</summary>
public sealed class ConsoleFiles(IFileProvider files)
{
    /// <summary>Where the build puts them, beside the program.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "console");

    private static readonly FileExtensionContentTypeProvider ContentTypes = new(new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
    });

    /// <param name="path">Below the console's folder; empty for the page itself.</param>
    /// <returns><see langword="null"/> when there is no such file.</returns>
    public async Task<IResult?> FindAsync(string path, CancellationToken cancellationToken)
    {
        var file = path.Length == 0 ? "index.html" : path;

        // On Windows a backslash separates, too; an address of ours has none.
        if (file.Contains('\\', StringComparison.Ordinal)
            || !ContentTypes.TryGetContentType(file, out var contentType)
            || files.GetFileInfo(file) is not { Exists: true, IsDirectory: false } found)
        {
            return null;
        }

        using var content = new MemoryStream();

        await using (var stream = found.CreateReadStream())
        {
            await stream.CopyToAsync(content, cancellationToken);
        }

        // By content: times of files in a package are not to be relied on.
        var bytes = content.ToArray();
        return Results.Bytes(bytes, contentType, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\""));
    }
}
