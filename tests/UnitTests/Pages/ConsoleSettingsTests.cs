using Microsoft.AspNetCore.Http;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Functions.Pages;

namespace Reanchor.UnitTests.Pages;

public sealed class ConsoleSettingsTests
{
    private static readonly AccessOptions Entra = new()
    {
        Authority = "https://login.microsoftonline.com/11111111-1111-1111-1111-111111111111/v2.0",
        Audience = "api://reanchor",
        ClientId = "22222222-2222-2222-2222-222222222222",
    };

    private static readonly AccessOptions Local = new() { Authority = "http://127.0.0.1:7080/local", Audience = "api://reanchor" };

    [Fact]
    public void Of_Entra_SaysWhereToSignInAndForWhat() => Assert.Equal(
        new("entra", "https://login.microsoftonline.com/11111111-1111-1111-1111-111111111111", Entra.ClientId, $"{Entra.ClientId}/.default"),
        ConsoleSettings.Of(Entra));

    [Fact]
    public void Of_LocalHost_SaysSo() => Assert.Equal(new("local", Local.Authority, null, null), ConsoleSettings.Of(Local));

    [Fact]
    public void AllowPage_Entra_OpensNothingButTheAuthorityOfTokens()
    {
        Assert.Equal("connect-src 'self' https://login.microsoftonline.com", PolicyOf(Entra)[5]);
        Assert.Equal("connect-src 'self'", PolicyOf(Local)[5]);
        Assert.Equal(PolicyOf(Local).Where((_, at) => at != 5), PolicyOf(Entra).Where((_, at) => at != 5));
        Assert.DoesNotContain(PolicyOf(Entra), part => part.Contains("unsafe", StringComparison.Ordinal));
    }

    private static string[] PolicyOf(AccessOptions access)
    {
        var context = new DefaultHttpContext();
        SecurityHeaders.AllowPage(context.Response, access);
        return context.Response.Headers.ContentSecurityPolicy.ToString().Split("; ");
    }
}
