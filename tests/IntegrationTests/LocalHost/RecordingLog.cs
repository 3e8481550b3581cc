using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Reanchor.IntegrationTests.LocalHost;

/// <summary>Keeps the ids and the texts of the events that are logged.</summary>
internal sealed class RecordingLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(int Id, string Text)> _events = [];

    public string Text => string.Join('\n', _events.Select(seen => seen.Text));

    public int Count(int eventId) => _events.Count(seen => seen.Id == eventId);

    public ILogger CreateLogger(string categoryName) => new Logger(_events);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<(int Id, string Text)> events) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            events.Enqueue((eventId.Id, formatter(state, exception)));
    }
}
