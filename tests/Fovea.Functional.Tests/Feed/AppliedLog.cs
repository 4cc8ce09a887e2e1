using System.Collections.Concurrent;
using Fovea.Executor.Planning;
using Microsoft.Extensions.Logging;

namespace Fovea.Functional.Tests.Feed;

/// <summary>Keeps which snapshots an executor says it has applied, in order, over all its lives.</summary>
internal sealed class AppliedLog : ILogger<SnapshotStore>
{
    private const int SnapshotApplied = 310;

    public ConcurrentQueue<(string Epoch, long Revision)> Applied { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id == SnapshotApplied)
        {
            var values = ((IEnumerable<KeyValuePair<string, object?>>)state!).ToDictionary(pair => pair.Key, pair => pair.Value);
            Applied.Enqueue(((string)values["Epoch"]!, (long)values["Revision"]!));
        }
    }
}
