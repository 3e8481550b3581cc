using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Xunit;

namespace Reanchor.IntegrationTests.Access;

/// <summary>Of a host of its own: afterwards nobody on this machine may fail for a while.</summary>
public sealed class WrongKeyTests(AttackedHost attacked) : IClassFixture<AttackedHost>
{
    private const int Attempts = 10_000;

    [Fact]
    public async Task Attack_TenThousandWrongKeys_AreLimitedLoggedAndLockNobodyOut()
    {
        using var collector = attacked.With(attacked.Key);
        await collector.GetAsync($"tenants/{attacked.Tenant.Id}/collectors/corp/work");
        using var http = new HttpClient();
        var work = new Uri(attacked.Host.Origin, $"api/tenants/{attacked.Tenant.Id}/collectors/corp/work");
        var answers = new ConcurrentBag<HttpStatusCode>();
        var withoutRetryAfter = 0;

        await Parallel.ForAsync(0, Attempts, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, cancellationToken) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, work);
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Bearer", attacked.Key[..^64] + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
            using var response = await http.SendAsync(request, cancellationToken);
            answers.Add(response.StatusCode);

            if (response.StatusCode is HttpStatusCode.TooManyRequests && response.Headers.RetryAfter?.Delta is null)
            {
                Interlocked.Increment(ref withoutRetryAfter);
            }
        });

        // Thirty at once, then one every two seconds: how many that makes depends on the machine, but never on the attempts.
        var refused = answers.Count(answer => answer is HttpStatusCode.Unauthorized);
        Assert.Equal(Attempts, answers.Count(answer => answer is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests));
        Assert.InRange(refused, 30, Attempts / 10);
        Assert.Equal(0, withoutRetryAfter);

        await collector.GetAsync($"tenants/{attacked.Tenant.Id}/collectors/corp/work");
        using var bob = attacked.SignIn(attacked.Bob, "Read");
        await bob.GetAsync($"tenants/{attacked.Tenant.Id}");

        await attacked.HasLoggedAsync(0, "[7005]|have failed");
        Assert.InRange(attacked.Lines().Count(line => line.Contains("[7003]", StringComparison.Ordinal)), 30, refused);
    }
}
