using System.Buffers.Text;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.IntegrationTests.SignIn;

/// <summary>Azure.Identity's own credentials, over HTTPS to the real names of the clouds' authorities.</summary>
public sealed class CredentialTests
{
    private const string WriterId = "bbbbbbbb-0000-4000-8000-000000000001";
    private const string WriterSecret = "secret of the writer";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, Cloud, string, string, string> EachCredentialInEachCloud
    {
        get
        {
            var data = new TheoryData<string, Cloud, string, string, string>();

            foreach (var credential in new[] { "ClientSecret", "Certificate", "FederatedIdentity" })
            {
                data.Add(credential, Cloud.Global, "login.microsoftonline.com", "https://graph.microsoft.com/.default", "api://AzureADTokenExchange");
                data.Add(credential, Cloud.UsGovernment, "login.microsoftonline.us", "https://graph.microsoft.us/.default", "api://AzureADTokenExchangeUSGov");
                data.Add(credential, Cloud.UsDefense, "login.microsoftonline.us", "https://dod-graph.microsoft.us/.default", "api://AzureADTokenExchangeUSGov");
                data.Add(credential, Cloud.China, "login.chinacloudapi.cn", "https://microsoftgraph.chinacloudapi.cn/.default", "api://AzureADTokenExchangeChina");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(EachCredentialInEachCloud))]
    public async Task SignIn_EachCredentialInEachCloud_IsToTheTenantAtItsAuthorityForItsGraph(
        string credential, Cloud cloud, string authority, string scope, string audience)
    {
        await using var stage = await SignInStage.SetAsync(("Credential", credential));
        var (tenant, user) = stage.AddTenant(cloud);

        Assert.NotNull(await stage.Reader.FindUserAsync(tenant, user.Id, Cancellation));

        var asked = Assert.Single(stage.Entra.Requests);
        Assert.Equal((authority, $"{tenant.Id}", scope), (asked.Authority, asked.Tenant, asked.Scope.Split(' ')[0]));
        Assert.Equal((SignInStage.ReaderId, "client_credentials"), (asked.ClientId, asked.Form["grant_type"]));
        Assert.Equal(credential == "ClientSecret" ? SignInStage.ReaderSecret : null, asked.Form.GetValueOrDefault("client_secret"));
        Assert.Equal(
            credential == "FederatedIdentity" ? [(audience, stage.ReaderIdentity)] : Array.Empty<(string, string)>(),
            stage.Entra.IdentityRequests.Select(r => (r.Resource.Replace("/.default", "", StringComparison.Ordinal), r.ClientId)));

        switch (credential)
        {
            case "Certificate":
                var proof = await new JsonWebTokenHandler().ValidateTokenAsync(asked.Form["client_assertion"], new()
                {
                    IssuerSigningKey = new X509SecurityKey(stage.Certificate),
                    ValidIssuer = SignInStage.ReaderId,
                    ValidAudience = $"https://{authority}/{tenant.Id}/oauth2/v2.0/token",
                });
                Assert.True(proof.IsValid, $"{proof.Exception}");
                break;
            case "FederatedIdentity":
                var claims = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(asked.Form["client_assertion"].Split('.')[1]));
                Assert.Equal($$"""{"aud":"{{audience}}","sub":"{{stage.ReaderIdentity}}"}""", claims);
                break;
        }
    }

    [Fact]
    public async Task SignIn_ManyReadsOfManyTenants_IsOncePerTenantAndNoTokenCrosses()
    {
        await using var stage = await SignInStage.SetAsync(("Credential", "ClientSecret"));
        var tenants = Enum.GetValues<Cloud>().SelectMany(cloud => new[] { stage.AddTenant(cloud), stage.AddTenant(cloud) }).ToList();

        // First one each, for requests side by side may each find no token yet.
        foreach (var (tenant, user) in tenants)
        {
            await stage.Reader.FindUserAsync(tenant, user.Id, Cancellation);
        }

        var found = await Task.WhenAll(Enumerable.Range(0, 160).Select(i => tenants[i % tenants.Count])
            .Select(async t => (t.User.Id, (await stage.Reader.FindUserAsync(t.Tenant, t.User.Id, Cancellation))?.Id)));

        Assert.All(found, pair => Assert.Equal(pair.Item1, pair.Item2));
        Assert.Equal(tenants.Select(t => $"{t.Tenant.Id}").Order(), stage.Entra.Requests.Select(r => r.Tenant).Order());
        Assert.All(tenants, t => Assert.Equal(21, stage.Graph.Requests.For(t.Tenant.Id.Value).Count));
        Assert.All(stage.Graph.Requests.All(), r => Assert.Equal(SignInStage.ReaderId, r.AppId));
    }

    [Fact]
    public async Task SignIn_TenantRegisteredWithAnotherCloud_AsksThereAndUsesNoOldToken()
    {
        await using var stage = await SignInStage.SetAsync(("Credential", "ClientSecret"));
        var (tenant, user) = stage.AddTenant(Cloud.Global);

        await stage.Reader.FindUserAsync(tenant, user.Id, Cancellation);
        await stage.Reader.FindUserAsync(tenant with { Cloud = Cloud.UsGovernment }, user.Id, Cancellation);
        await stage.Reader.FindUserAsync(tenant, user.Id, Cancellation);

        Assert.Equal(["login.microsoftonline.com", "login.microsoftonline.us"], stage.Entra.Requests.Select(r => r.Authority));
    }

    [Theory]
    [InlineData("ClientSecret", "ClientSecret")]
    [InlineData("FederatedIdentity", "FederatedIdentity")]
    [InlineData("Certificate", "ClientSecret")]
    public async Task SignIn_ReaderAndWriter_EachProvesItselfWithItsOwn(string reader, string writer)
    {
        var writerIdentity = $"{Guid.NewGuid()}";
        await using var stage = await SignInStage.SetAsync(
            ("Credential", reader), ("Writer:Credential", writer), ("Writer:ClientId", WriterId),
            ("Writer:ClientSecret", WriterSecret), ("Writer:ManagedIdentityClientId", writerIdentity));
        var (tenant, user) = stage.AddTenant(Cloud.Global);

        await stage.Reader.FindUserAsync(tenant, user.Id, Cancellation);
        await stage.Reader.ReadTenantFactsAsync(tenant, Cancellation);
        await stage.Reader.ReadAccessAsync(tenant, Cancellation);
        Assert.All(stage.Entra.Requests, r => Assert.Equal(SignInStage.ReaderId, r.ClientId));
        Assert.Null(await stage.Writer.WriteAsync(tenant, user.Id, null, Cancellation));

        var asked = stage.Entra.Requests.Last();
        Assert.Equal(WriterId, asked.ClientId);
        Assert.Equal(writer == "ClientSecret" ? WriterSecret : null, asked.Form.GetValueOrDefault("client_secret"));
        Assert.Equal(
            [.. reader == "FederatedIdentity" ? new[] { stage.ReaderIdentity } : [], .. writer == "FederatedIdentity" ? new[] { writerIdentity } : []],
            stage.Entra.IdentityRequests.Select(r => r.ClientId));
        Assert.All(
            stage.Graph.Requests.All(), r => Assert.Equal(r.Method == "PATCH" ? WriterId : SignInStage.ReaderId, r.AppId));
    }

    [Fact]
    public async Task SignIn_OneApplication_ReadsAndWritesWithOneToken()
    {
        await using var stage = await SignInStage.SetAsync(("Credential", "ClientSecret"));
        var (tenant, user) = stage.AddTenant(Cloud.Global);

        await stage.Reader.FindUserAsync(tenant, user.Id, Cancellation);
        await stage.Writer.WriteAsync(tenant, user.Id, null, Cancellation);

        Assert.Single(stage.Entra.Requests);
    }

    [Fact]
    public async Task SignIn_Refused_SaysWhatToDoLogsIdsAloneAndWorksOnceItIsPutRight()
    {
        await using var stage = await SignInStage.SetAsync(("Credential", "ClientSecret"));
        var (tenant, user) = stage.AddTenant(Cloud.Global);
        stage.Entra.Refusal = "AADSTS7000215: Invalid client secret provided for app 'Reanchor at Contoso'. "
            + "Trace ID: 0000aaaa-11bb-cccc-dd22-eeeeee333333 Correlation ID: aaaa0000-bb11-2222-33cc-444444dddddd";

        var thrown = await Assert.ThrowsAsync<DirectoryUnavailableException>(() => stage.Reader.FindUserAsync(tenant, user.Id, Cancellation));
        stage.Entra.Refusal = null;
        var found = await stage.Reader.FindUserAsync(tenant, user.Id, Cancellation);

        Assert.True(thrown is { NeedsRepair: true, NothingDone: true });
        Assert.Contains("Graph__ClientSecret", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("0000aaaa-11bb-cccc-dd22-eeeeee333333", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(1, stage.Log.Count(1100));
        Assert.Contains($"{tenant.Id}: AADSTS7000215", stage.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Contoso", stage.Log.Text + thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(SignInStage.ReaderSecret, stage.Log.Text + thrown.Message, StringComparison.Ordinal);
        Assert.NotNull(found);
    }

    [Fact]
    public async Task SignIn_InstallationOfAnotherCloud_IsRefusedBeforeAnythingIsAsked()
    {
        await using var stage = await SignInStage.SetAsync(("Credential", "ClientSecret"), ("Endpoint", "https://graph.microsoft.com"));
        var (tenant, user) = stage.AddTenant(Cloud.China);

        var thrown = await Assert.ThrowsAsync<DirectoryUnavailableException>(() => stage.Reader.FindUserAsync(tenant, user.Id, Cancellation));

        Assert.True(thrown.NeedsRepair);
        Assert.Contains("Graph__Endpoint", thrown.Message, StringComparison.Ordinal);
        Assert.Empty(stage.Entra.Requests);
    }
}
