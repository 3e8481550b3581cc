using System.Globalization;
using System.Runtime.InteropServices;

namespace Reanchor.IntegrationTests.Collector;

/// <summary>Sends a harmless signal to every thread of this process, again and again, as a busy runtime does.</summary>
internal sealed class SignalStorm : IAsyncDisposable
{
    private const int Sigcont = 18;

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration _handler = PosixSignalRegistration.Create((PosixSignal)Sigcont, _ => { });
    private readonly Task _sending;

    public SignalStorm() => _sending = Task.Run(Send);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sending;
        _handler.Dispose();
        _stop.Dispose();
    }

    private void Send()
    {
        while (!_stop.IsCancellationRequested)
        {
            foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
            {
                _ = Tgkill(Environment.ProcessId, int.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture), Sigcont);
            }

            Thread.Sleep(1);
        }
    }

    [DllImport("libc", EntryPoint = "tgkill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Tgkill(int process, int thread, int signal);
}
