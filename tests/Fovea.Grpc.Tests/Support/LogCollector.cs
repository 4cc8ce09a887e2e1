using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Fovea.GrpcTests.Support;

/// <summary>Keeps what is logged, and lets a test wait for it.</summary>
internal sealed class LogCollector : ILoggerProvider
{
    private readonly ConcurrentQueue<(string Category, LogLevel Level, string Text)> _lines = new();
    private readonly Lock _lock = new();
    private readonly List<(Func<string, bool> Wanted, TaskCompletionSource Source)> _waiters = [];

    public IReadOnlyList<string> Of(string category) => [.. _lines.Where(line => line.Category == category).Select(line => line.Text)];

    public IReadOnlyList<string> All => [.. _lines.Select(line => $"{line.Level} {line.Category}: {line.Text}")];

    /// <summary>Completes when a line that is wanted has been logged from now on.</summary>
    public Task WaitAsync(Func<string, bool> wanted)
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiters.Add((wanted, source));
        }

        return source.Task.Soon();
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        // Nothing is held.
    }

    private void Add(string category, LogLevel level, string text)
    {
        _lines.Enqueue((category, level, text));
        lock (_lock)
        {
            foreach (var waiter in _waiters.Where(waiter => waiter.Wanted(text)))
            {
                waiter.Source.TrySetResult();
            }
        }
    }

    private sealed class Logger(LogCollector collector, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            collector.Add(category, logLevel, formatter(state, exception));
    }
}
