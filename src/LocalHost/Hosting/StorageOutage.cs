namespace Reanchor.LocalHost.Hosting;

/// <summary>Knows which queues cannot be reached, so that an outage is one line in the log and not one per poll and queue.</summary>
internal sealed class StorageOutage(ILogger logger)
{
    private readonly HashSet<string> _unreachable = [];

    public void Seen(string queue, Exception exception)
    {
        lock (_unreachable)
        {
            if (_unreachable.Add(queue) && _unreachable.Count == 1)
            {
                logger.StorageUnavailable(exception, queue);
            }
        }
    }

    public void Over(string queue)
    {
        lock (_unreachable)
        {
            if (_unreachable.Remove(queue) && _unreachable.Count == 0)
            {
                logger.StorageAvailable();
            }
        }
    }
}
