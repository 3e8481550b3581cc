using Azure.Identity;
using Reanchor.Adapters.Graph;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Graph;

/// <summary>Entra's refusals in the shape that Azure.Identity passes them on in.</summary>
public sealed class SignInFailureTests
{
    [Theory]
    [InlineData("AADSTS700016: Application with identifier 'x' was not found in the directory 'Contoso'.", "consent")]
    [InlineData("AADSTS7000229: The client application x is missing service principal in the tenant y.", "consent")]
    [InlineData("AADSTS65001: The user or administrator has not consented to use the application with ID 'x'.", "consent")]
    [InlineData("AADSTS7000112: Application 'x'(reanchor) is disabled.", "Enterprise applications")]
    [InlineData("AADSTS7000215: Invalid client secret provided.", "Graph__Writer__ClientSecret to the secret's value")]
    [InlineData("AADSTS7000222: The provided client secret keys for app 'x' are expired.", "Make a new one")]
    [InlineData("AADSTS700027: The certificate with identifier used to sign the client assertion is not registered on application.", "Graph__Writer__CertificatePath")]
    [InlineData("AADSTS700024: Client assertion is not within its valid time range.", "clock")]
    [InlineData("AADSTS90002: Tenant 'x' not found.", "id and its cloud")]
    [InlineData("AADSTS70021: No matching federated identity record found for presented assertion.", "federated credential")]
    [InlineData("AADSTS700211: No matching federated identity record found for presented assertion issuer.", "issuer")]
    [InlineData("AADSTS700212: No matching federated identity record found for presented assertion audience.", "api://AzureADTokenExchangeChina")]
    [InlineData("AADSTS700213: No matching federated identity record found for presented assertion subject.", "principal id")]
    [InlineData("AADSTS700236: Entra ID tokens issued by issuer 'x' may not be used for federated identity credential flows.", "in the tenant of the managed identity")]
    [InlineData("AADSTS500011: The resource principal named https://graph.microsoft.com was not found in the tenant.", "cloud")]
    [InlineData("AADSTS53003: Access has been blocked by Conditional Access policies.", "Conditional Access")]
    [InlineData("AADSTS900382: Confidential Client is not supported in Cross Cloud request.", "another cloud")]
    [InlineData("AADSTS900439: USGClientNotSupportedOnPublicEndpoint", "US Government")]
    public void Of_KnownRefusal_SaysCauseAndCureAndThatARetryIsVain(string words, string cure)
    {
        var failure = Of($"{words} Trace ID: 0000aaaa-11bb-cccc-dd22-eeeeee333333 Correlation ID: aaaa0000-bb11-2222-33cc-444444dddddd");

        Assert.True(failure.NeedsRepair);
        Assert.Equal(words[..words.IndexOf(':', StringComparison.Ordinal)], failure.Code);
        Assert.Equal("0000aaaa-11bb-cccc-dd22-eeeeee333333", failure.TraceId);
        Assert.Contains(cure, failure.Text, StringComparison.Ordinal);
        Assert.Contains(failure.Code, failure.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Contoso", failure.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("{", failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_RefusalOfAnotherCode_IsTriedAgainAndShownWhereToLookItUp()
    {
        var failure = Of("AADSTS90033: A transient error has occurred. Please try again.");

        Assert.False(failure.NeedsRepair);
        Assert.Contains("https://login.chinacloudapi.cn/error?code=90033", failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NoAnswer_IsTriedAgain()
    {
        var failure = SignInFailure.Of(
            new("failed", new HttpRequestException("Name or service not known (login.chinacloudapi.cn:443)")), GraphCloud.Of(Cloud.China), "Graph");

        Assert.False(failure.NeedsRepair);
        Assert.Contains("Name or service not known", failure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ManagedIdentityWithoutToken_NamesItsSetting()
    {
        var failure = SignInFailure.Of(
            new("failed", new CredentialUnavailableException("No managed identity endpoint found.")), GraphCloud.Of(Cloud.Global), "Graph__Writer");

        Assert.False(failure.NeedsRepair);
        Assert.Contains("Graph__Writer__ManagedIdentityClientId", failure.Text, StringComparison.Ordinal);
    }

    private static SignInFailure Of(string words) => SignInFailure.Of(
        new("ClientSecretCredential authentication failed", new InvalidOperationException($"A configuration issue. Original exception: {words}")),
        GraphCloud.Of(Cloud.China),
        "Graph__Writer");
}
