using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.FileProviders;
using Reanchor.Functions.Pages;

namespace Reanchor.UnitTests.Pages;

public sealed class ConsoleFilesTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("reanchor-console-");
    private readonly ConsoleFiles _files;

    public ConsoleFilesTests()
    {
        var folder = _root.CreateSubdirectory("console");
        folder.CreateSubdirectory("views");
        folder.CreateSubdirectory("views.js");
        File.WriteAllText(Path.Combine(folder.FullName, "index.html"), "<!DOCTYPE html>");
        File.WriteAllText(Path.Combine(folder.FullName, "views", "review.js"), "export {};");
        File.WriteAllText(Path.Combine(folder.FullName, "package.json"), "{}");
        File.WriteAllText(Path.Combine(_root.FullName, "secret.html"), "secret");
        _files = new(new PhysicalFileProvider(folder.FullName));
    }

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData("", "text/html; charset=utf-8")]
    [InlineData("index.html", "text/html; charset=utf-8")]
    [InlineData("views/review.js", "text/javascript; charset=utf-8")]
    public async Task Find_FileOfThePage_IsAnsweredWithItsType(string path, string contentType)
    {
        var found = Assert.IsType<FileContentHttpResult>(await FindAsync(path));

        Assert.Equal(contentType, found.ContentType);
        Assert.Equal(66, found.EntityTag!.Tag.Length);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../secret.html")]
    [InlineData("views/../../secret.html")]
    [InlineData("..\\secret.html")]
    [InlineData("views\\review.js")]
    [InlineData("%2e%2e/secret.html")]
    [InlineData("..%2fsecret.html")]
    [InlineData("//secret.html")]
    [InlineData("secret.html\0.html")]
    [InlineData("index.html\0")]
    [InlineData("views.js")]
    [InlineData("views")]
    [InlineData("package.json")]
    [InlineData("no-such.html")]
    public async Task Find_AnythingElse_IsNotThere(string path) => Assert.Null(await FindAsync(path));

    [Fact]
    public async Task Find_AbsolutePath_IsNotThere() => Assert.Null(await FindAsync(Path.Combine(_root.FullName, "secret.html")));

    private Task<IResult?> FindAsync(string path) => _files.FindAsync(path, TestContext.Current.CancellationToken);
}
