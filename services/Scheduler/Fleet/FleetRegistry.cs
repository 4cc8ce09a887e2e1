using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Fleet;

/// <summary>Knows the newest session of every executor, connected or ended not long ago.</summary>
internal sealed class FleetRegistry : IFleetBoard
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, ExecutorSession> _sessions = new(StringComparer.Ordinal);
    private readonly FleetOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<FleetRegistry> _logger;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Begins with no executors.</summary>
    public FleetRegistry(FleetOptions options, TimeProvider time, ILogger<FleetRegistry> logger)
    {
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc/>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>
    /// Begins a session, which replaces a connected one of the same executor; returns null when as many executors are
    /// listed as the options allow.
    /// </summary>
    public ExecutorSession? Connect(Subscribe subscribe)
    {
        ExecutorSession? replaced;
        ExecutorSession session;
        lock (_gate)
        {
            Forget();
            if (!_sessions.TryGetValue(subscribe.ExecutorId, out replaced) && _sessions.Count >= _options.MaxExecutors)
            {
                FleetLog.Full(_logger, subscribe.ExecutorId, _options.MaxExecutors);
                return null;
            }

            session = new ExecutorSession(subscribe, _time);
            _sessions[subscribe.ExecutorId] = session;
        }

        FleetLog.Connected(_logger, session.ExecutorId, session.Address, subscribe.Model.Name, subscribe.Model.Revision, subscribe.HeldRevision);
        if (replaced is { IsConnected: true })
        {
            LogReplaced(replaced, session);
            replaced.Replace();
        }

        Signal();
        return session;
    }

    /// <summary>Ends a session and returns how many pushes were never answered.</summary>
    public int Disconnect(ExecutorSession session)
    {
        var lost = session.Disconnect();
        Signal();
        return lost;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ExecutorStatus> List()
    {
        lock (_gate)
        {
            Forget();
            return [.. _sessions.Values.Select(ToStatus)];
        }
    }

    /// <summary>Returns the newest refusal of every executor that has refused a snapshot on its newest stream.</summary>
    public IReadOnlyList<SnapshotRefusal> Refusals()
    {
        lock (_gate)
        {
            return [.. _sessions.Values.Select(session => session.Refusal).OfType<SnapshotRefusal>()];
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal() => Interlocked.Exchange(ref _changed, NewSignal()).SetResult();

    private ExecutorStatus ToStatus(ExecutorSession session)
    {
        var status = session.ToStatus();
        status.Scheduler = _options.EffectiveName;
        return status;
    }

    private void LogReplaced(ExecutorSession old, ExecutorSession replacement)
    {
        if (string.Equals(old.Address, replacement.Address, StringComparison.Ordinal))
        {
            FleetLog.Reconnected(_logger, replacement.ExecutorId);
        }
        else
        {
            FleetLog.Duplicate(_logger, replacement.ExecutorId, old.Address, replacement.Address);
        }
    }

    private void Forget()
    {
        var ended = _sessions.Values.Where(session => !session.IsConnected && session.Silence > _options.ForgetAfter).ToList();
        foreach (var session in ended)
        {
            _sessions.Remove(session.ExecutorId);
            FleetLog.Forgotten(_logger, session.ExecutorId);
        }
    }
}
