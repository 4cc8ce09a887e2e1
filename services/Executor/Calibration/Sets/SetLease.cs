namespace Fovea.Executor.Calibration.Sets;

/// <summary>Keeps a set from being given up until it is disposed.</summary>
internal sealed class SetLease : IDisposable
{
    private Action? _release;

    /// <summary>Leases a set.</summary>
    public SetLease(StoredSet set, Action release)
    {
        Set = set;
        _release = release;
    }

    /// <summary>The set.</summary>
    public StoredSet Set { get; }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
