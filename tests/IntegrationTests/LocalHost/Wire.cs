using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Reanchor.IntegrationTests.LocalHost;

/// <summary>Counts what the engine asks of storage, and can be cut.</summary>
internal sealed class Wire : HttpPipelineSynchronousPolicy
{
    private int _polls;
    private int _renewals;

    public bool IsCut { get; set; }

    public int Polls => Volatile.Read(ref _polls);

    public int Renewals => Volatile.Read(ref _renewals);

    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.Request.Method == RequestMethod.Put && message.Request.Uri.Path.Contains("/messages/", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _renewals);
        }
        else if (message.Request.Method == RequestMethod.Get)
        {
            Interlocked.Increment(ref _polls);
        }

        if (IsCut)
        {
            throw new RequestFailedException("The wire is cut.");
        }
    }
}
