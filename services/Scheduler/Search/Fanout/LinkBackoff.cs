namespace Fovea.Scheduler.Search.Fanout;

/// <summary>Gives waits that double up to a limit.</summary>
internal sealed class LinkBackoff
{
    private readonly TimeSpan _least;
    private readonly TimeSpan _most;
    private int _failures;

    /// <summary>Begins with the shortest wait.</summary>
    public LinkBackoff(TimeSpan least, TimeSpan most)
    {
        _least = least;
        _most = most;
    }

    /// <summary>Returns the next wait.</summary>
    public TimeSpan Next()
    {
        var failures = Math.Min(30, Interlocked.Increment(ref _failures) - 1);
        var wait = _least * Math.Pow(2, failures);
        return wait < _most ? wait : _most;
    }

    /// <summary>Makes the next wait the shortest.</summary>
    public void Reset() => Volatile.Write(ref _failures, 0);
}
