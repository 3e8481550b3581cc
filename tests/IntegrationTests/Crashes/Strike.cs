namespace Reanchor.IntegrationTests.Crashes;

internal enum StrikeKind
{
    /// <summary>The process is killed with a write on its lips.</summary>
    KilledBefore,

    /// <summary>The process is killed when the write is made and before it hears so.</summary>
    KilledAfter,

    /// <summary>The write is made, its answer is lost, and the process lives on.</summary>
    AnswerLost,
}

/// <summary>What goes wrong in one run of a story, and at which step. It strikes once.</summary>
internal sealed class Strike(StrikeKind kind, string step)
{
    private int _struck;

    public StrikeKind Kind => kind;

    public string Step => step;

    public bool HasStruck => _struck != 0;

    public Cut? At(string reached, RelayedHost host) => reached != step || Interlocked.Exchange(ref _struck, 1) == 1 ? null
        : new(kind is not StrikeKind.KilledBefore, kind is StrikeKind.AnswerLost ? () => { } : host.Kill);

    public override string ToString() => $"{kind} {step}";
}
