namespace Reanchor.IntegrationTests.Crashes;

internal enum RelayTarget
{
    Blobs,
    Queues,
    Tables,
    Graph,
}
