namespace Fovea.ServiceDefaults.Health;

/// <summary>
/// Keeps the health of every service by its full name; the empty name is the server as a whole. Once drained, every service
/// is and stays not serving. Safe for any number of threads.
/// </summary>
public sealed class HealthState
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HealthStatus> _statuses = new(StringComparer.Ordinal) { [""] = HealthStatus.NotServing };
    private TaskCompletionSource _changed = NewSource();
    private bool _drained;

    /// <summary>Tells whether the server is being drained.</summary>
    public bool IsDrained
    {
        get
        {
            lock (_lock)
            {
                return _drained;
            }
        }
    }

    /// <summary>Sets the health of a service, which is known from then on.</summary>
    public void Set(string service, HealthStatus status)
    {
        ArgumentNullException.ThrowIfNull(service);
        lock (_lock)
        {
            _statuses[service] = _drained ? HealthStatus.NotServing : status;
            Notify();
        }
    }

    /// <summary>Makes every service, also those not yet known, not serving for good.</summary>
    public void Drain()
    {
        lock (_lock)
        {
            _drained = true;
            foreach (var service in _statuses.Keys)
            {
                _statuses[service] = HealthStatus.NotServing;
            }

            Notify();
        }
    }

    /// <summary>The health of a service, or null when it is not known.</summary>
    public HealthStatus? Find(string service)
    {
        lock (_lock)
        {
            return _statuses.TryGetValue(service, out var status) ? status : null;
        }
    }

    /// <summary>The health of every known service.</summary>
    public IReadOnlyDictionary<string, HealthStatus> Snapshot()
    {
        lock (_lock)
        {
            return new Dictionary<string, HealthStatus>(_statuses, StringComparer.Ordinal);
        }
    }

    /// <summary>Reads the health of a service together with a task that completes at the next change of any service.</summary>
    internal (HealthStatus? Status, bool Drained, Task Changed) Observe(string service)
    {
        lock (_lock)
        {
            return (_statuses.TryGetValue(service, out var status) ? status : null, _drained, _changed.Task);
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Notify()
    {
        _changed.TrySetResult();
        _changed = NewSource();
    }
}
