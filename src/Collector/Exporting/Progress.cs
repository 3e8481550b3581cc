using System.Diagnostics;

namespace Reanchor.Collector.Exporting;

/// <summary>Says now and then how far a long run is.</summary>
internal sealed class Progress(Action<string> say, TimeSpan interval)
{
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();

    public void Report(int accounts, string domain)
    {
        if (_sinceLast.Elapsed >= interval)
        {
            _sinceLast.Restart();
            say($"{accounts} accounts read; now in {domain}.");
        }
    }
}
