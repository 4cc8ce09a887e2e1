namespace Fovea.Faults.Histories;

/// <summary>Writes a history: events in the order in which they were recorded, with times of one clock.</summary>
/// <remarks>
/// Safe for any number of threads. What is about to be sent is recorded before it is sent and what has come after it came, so
/// that of two events the one with the smaller sequence was there first.
/// </remarks>
internal sealed class Recorder
{
    private readonly Lock _gate = new();
    private readonly List<HistoryEvent> _events = [];
    private readonly TimeProvider _time;
    private readonly long _begin;
    private int _answers;
    private int _commits;

    /// <summary>Begins a history.</summary>
    public Recorder(TimeProvider time)
    {
        _time = time;
        _begin = time.GetTimestamp();
    }

    /// <summary>Gets how many answers were recorded so far.</summary>
    public int Answers => Volatile.Read(ref _answers);

    /// <summary>Gets how many acknowledged changes were recorded so far.</summary>
    public int Commits => Volatile.Read(ref _commits);

    /// <summary>Appends an event.</summary>
    public void Add(HistoryEvent happened)
    {
        lock (_gate)
        {
            _answers += happened is HistoryEvent.Completed ? 1 : 0;
            _commits += happened is HistoryEvent.Committed ? 1 : 0;
            _events.Add(happened with { Sequence = _events.Count, At = _time.GetElapsedTime(_begin) });
        }
    }

    /// <summary>Gets how many events were recorded so far.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _events.Count;
            }
        }
    }

    /// <summary>Returns what was recorded so far, without the first <paramref name="skipped"/> events.</summary>
    public History TakeAfter(int skipped)
    {
        lock (_gate)
        {
            return new History([.. _events.Skip(skipped)]);
        }
    }

    /// <summary>Returns what was recorded so far.</summary>
    public History Take() => TakeAfter(0);
}
