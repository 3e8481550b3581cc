using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Reanchor.LocalHost.Hosting;

/// <summary>Keeps a message invisible to others while it is handled. Every renewal changes the receipt that settling the message needs.</summary>
internal sealed class MessageLease : IAsyncDisposable
{
    private readonly QueueClient _queue;
    private readonly QueueMessage _message;
    private readonly TimeSpan _duration;
    private readonly string _function;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _renewing;
    private string _receipt;

    public MessageLease(QueueClient queue, QueueMessage message, TimeSpan duration, string function, TimeProvider clock, ILogger logger)
    {
        (_queue, _message, _duration, _function, _clock, _logger) = (queue, message, duration, function, clock, logger);
        _receipt = message.PopReceipt;
        _renewing = RenewAsync();
    }

    /// <summary>Stops renewing.</summary>
    /// <returns>The receipt that the message has now.</returns>
    public async Task<string> EndAsync()
    {
        await _ended.CancelAsync();
        await _renewing;
        return _receipt;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _ended.Dispose();
    }

    private async Task RenewAsync()
    {
        // A third, so that one failed renewal does not lose the message.
        using var timer = new PeriodicTimer(_duration / 3, _clock);

        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                if (!await TryRenewAsync())
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
        }
    }

    /// <returns><see langword="false"/> if there is nothing left to renew.</returns>
    private async Task<bool> TryRenewAsync()
    {
        try
        {
            // Never cancelled: a renewal that was made and not heard of would leave us with a receipt that is no longer good.
            var renewed = await _queue.UpdateMessageAsync(_message.MessageId, _receipt, (string?)null, _duration, CancellationToken.None);
            _receipt = renewed.Value.PopReceipt;
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is 400 or 404)
        {
            _logger.LeaseLost(_function, _message.MessageId);
            return false;
        }
        catch (Exception exception)
        {
            _logger.LeaseNotRenewed(exception, _function, _message.MessageId);
            return true;
        }
    }
}
