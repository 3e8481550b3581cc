using System.Net;

namespace Reanchor.UnitTests.Access;

public sealed class SecurityHeadersTests
{
    [Theory]
    [InlineData("/api/open", HttpStatusCode.OK)]
    [InlineData("/api/forgotten", HttpStatusCode.Forbidden)]
    [InlineData("/api/tenants/11111111-1111-1111-1111-111111111111/ruled", HttpStatusCode.Unauthorized)]
    public async Task Answer_WhateverItSays_CarriesThemAndLetsNoOtherOriginRead(string path, HttpStatusCode expected)
    {
        await using var host = await GateHost.StartAsync();

        using var response = await host.GetAsync(path, null, ("Origin", "https://evil.example"));

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("no-store", Header(response, "Cache-Control"));
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", Header(response, "Content-Security-Policy"));
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));
}
