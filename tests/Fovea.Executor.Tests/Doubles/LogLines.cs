using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Fovea.Executor.Tests.Doubles;

/// <summary>Takes what a running host logs, from the moment at which it is added to its logger factory.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    /// <summary>Waits for the next line of an event with this name.</summary>
    public async Task<string> NextAsync(string eventName)
    {
        while (true)
        {
            var line = await _lines.Reader.ReadAsync().AsTask().InTimeAsync();
            if (line.StartsWith($"{eventName}: ", StringComparison.Ordinal))
            {
                return line;
            }
        }
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Writer.TryWrite($"{eventId.Name}: {formatter(state, exception)}");

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
