using System.Net;
using System.Reflection;
using System.Text;
using Reanchor.Adapters;
using Reanchor.Adapters.Graph;
using Xunit;

namespace Reanchor.UnitTests.Graph;

/// <summary>Scanning cannot write: not by its types, and not by what leaves.</summary>
public sealed class ReadersAndWritersTests
{
    [Fact]
    public void WriterClients_InTheAssembly_AreForTheWriterAndTheProvisionerAlone()
    {
        var users = typeof(AdapterServices).Assembly.GetTypes()
            .Where(type => type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Any(constructor => constructor.GetParameters().Any(p => p.ParameterType == typeof(GraphWriterClients))))
            .Select(type => type.Name);

        Assert.Equal([nameof(GraphAccountProvisioner), nameof(GraphAnchorWriter)], users.Order());
    }

    [Theory]
    [InlineData("GET", "users", null, true)]
    [InlineData("POST", "$batch", """{"requests":[{"id":"1","method":"GET","url":"/users"},{"id":"2","method":"GET","url":"/groups"}]}""", true)]
    [InlineData("POST", "$batch", """{"requests":[{"id":"1","method":"GET","url":"/users"},{"id":"2","method":"PATCH","url":"/users/1"}]}""", false)]
    [InlineData("POST", "users", "{}", false)]
    [InlineData("PATCH", "users/1", "{}", false)]
    [InlineData("PUT", "users/1", "{}", false)]
    [InlineData("DELETE", "users/1", null, false)]
    public async Task ReadOnlyHandler_Request_LeavesOnlyIfItReads(string method, string path, string? body, bool leaves)
    {
        var sent = new Sink();
        using var http = new HttpMessageInvoker(new ReadOnlyHandler { InnerHandler = sent });
        using var request = new HttpRequestMessage(new(method), $"https://graph.microsoft.com/v1.0/{path}")
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };

        var thrown = await Record.ExceptionAsync(() => http.SendAsync(request, TestContext.Current.CancellationToken));

        Assert.Equal(leaves, thrown is null);
        Assert.Equal(leaves ? 1 : 0, sent.Count);
        Assert.True(leaves || thrown is InvalidOperationException);
    }

    private sealed class Sink : HttpMessageHandler
    {
        public int Count { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        }
    }
}
