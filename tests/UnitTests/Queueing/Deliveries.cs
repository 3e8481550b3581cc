using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.Proposals;
using Reanchor.Scanning;

namespace Reanchor.UnitTests.Queueing;

/// <summary>Carries the messages of a world to their handlers, as a queue does at its best or at its worst.</summary>
/// <param name="disorder">
/// <see langword="null"/>: each message once, when it is due, in the order of sending. Otherwise each comes twice, the second time up to
/// hours late, in any order, and now and then in the middle of another one.
/// </param>
internal sealed class Deliveries(World world, Random? disorder)
{
    private static readonly TimeSpan Latest = TimeSpan.FromHours(2);

    private readonly List<(DateTimeOffset Due, object Command)> _waiting = [];
    private bool _interrupting;

    public int Count { get; private set; }

    /// <summary>Delivers one message, and lets time pass until one is due.</summary>
    /// <returns><see langword="false"/> when none is left.</returns>
    public async Task<bool> DeliverOneAsync()
    {
        Collect();

        if (_waiting.Count == 0)
        {
            return false;
        }

        if (_waiting.Min(m => m.Due) is var next && next > world.Clock.GetUtcNow())
        {
            world.Clock.SetUtcNow(next);
        }

        var command = TakeDue()!;

        if (disorder?.Next(4) == 0)
        {
            world.Proposals.BeforeNextUpdate = Interrupt;
        }

        if (disorder?.Next(4) == 0)
        {
            world.Directory.BeforeUser = _ => Interrupt();
        }

        if (disorder?.Next(4) == 0)
        {
            world.Directory.BeforeWrite = _ => Interrupt();
        }

        await HandleAsync(command);
        (world.Proposals.BeforeNextUpdate, world.Directory.BeforeUser, world.Directory.BeforeWrite) = (null, null, null);
        return true;
    }

    // Doubles answer at once, so what runs in the middle has ended when it returns.
    private void Interrupt()
    {
        if (_interrupting)
        {
            return;
        }

        Collect();

        if (TakeDue() is { } command)
        {
            _interrupting = true;
            HandleAsync(command).GetAwaiter().GetResult();
            _interrupting = false;
        }
    }

    private void Collect()
    {
        IReadOnlyList<SentCommand> sent = [.. world.Queue.Sent];
        world.Queue.Take<object>();

        foreach (var message in sent)
        {
            var due = world.Clock.GetUtcNow() + message.Delay;
            _waiting.Add((due, message.Command));

            if (disorder is not null)
            {
                _waiting.Add((due + (Latest * Math.Pow(disorder.NextDouble(), 4)), message.Command));
            }
        }
    }

    private object? TakeDue()
    {
        var due = _waiting.Where(m => m.Due <= world.Clock.GetUtcNow()).ToList();

        if (due.Count == 0)
        {
            return null;
        }

        var message = disorder is null ? due.MinBy(m => m.Due) : due[disorder.Next(due.Count)];
        _waiting.Remove(message);
        return message.Command;
    }

    private Task HandleAsync(object command)
    {
        Count++;
        return command switch
        {
            ScanTenant c => Handler<ScanTenantHandler>().HandleAsync(c, World.Cancellation),
            ProposeClear c => Handler<ProposeClearHandler>().HandleAsync(c, World.Cancellation),
            ApplyClear c => Handler<ApplyClearHandler>().HandleAsync(c, World.Cancellation),
            VerifyClear c => Handler<VerifyClearHandler>().HandleAsync(c, World.Cancellation),
            RestoreAnchor c => Handler<RestoreAnchorHandler>().HandleAsync(c, World.Cancellation),
            _ => throw new InvalidOperationException($"No handler takes {command}."),
        };

        // What comes in the middle comes to another process: within one, clears of a tenant wait for each other.
        T Handler<T>()
            where T : notnull => _interrupting ? world.GetElsewhere<T>() : world.Get<T>();
    }
}
