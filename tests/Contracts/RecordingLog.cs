using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Reanchor.Contracts;

/// <summary>Keeps every event that is logged.</summary>
public sealed class RecordingLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, int Id, string Text, Exception? Exception)> _events = [];

    public string Text => string.Join('\n', _events.Select(seen => seen.Text));

    /// <summary>Each with its exception.</summary>
    public IEnumerable<string> Lines => _events.Select(seen => $"{seen.Text} {seen.Exception}");

    public IEnumerable<string> Errors => _events.Where(seen => seen.Level >= LogLevel.Error).Select(seen => $"{seen.Text} {seen.Exception}");

    public int Count(int eventId) => _events.Count(seen => seen.Id == eventId);

    public ILogger CreateLogger(string categoryName) => new Logger(_events);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<(LogLevel Level, int Id, string Text, Exception? Exception)> events) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            events.Enqueue((logLevel, eventId.Id, formatter(state, exception), exception));
    }
}
