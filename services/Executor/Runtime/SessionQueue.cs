namespace Fovea.Executor.Runtime;

/// <summary>Shares the inference thread among sessions: one step each in turn, at most a given number past their prefill.</summary>
/// <remarks>Counters may be read from any thread; everything else belongs to the inference thread.</remarks>
internal sealed class SessionQueue
{
    private readonly LinkedList<GenerationSession> _waiting = new();
    private readonly Queue<GenerationSession> _running = new();
    private readonly int _maxRunning;
    private int _announced;
    private int _runningCount;
    private long _kvBytes;

    /// <summary>Lets at most <paramref name="maxRunning"/> sessions hold a KV cache.</summary>
    public SessionQueue(int maxRunning)
    {
        _maxRunning = maxRunning;
    }

    /// <summary>Sessions announced that have not begun their prefill.</summary>
    public int Waiting => Volatile.Read(ref _announced);

    /// <summary>Sessions that have begun and not ended.</summary>
    public int Running => Volatile.Read(ref _runningCount);

    /// <summary>Bytes of KV cache of all running sessions.</summary>
    public long KvBytes => Interlocked.Read(ref _kvBytes);

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsIdle => _waiting.Count == 0 && _running.Count == 0;

    /// <summary>Counts a session that is on its way to the inference thread; any thread.</summary>
    public void Announce() => Interlocked.Increment(ref _announced);

    /// <summary>Takes back an announcement; any thread.</summary>
    public void Withdraw() => Interlocked.Decrement(ref _announced);

    /// <summary>Queues an announced session.</summary>
    public void Add(GenerationSession session) => _waiting.AddLast(session);

    /// <summary>Gives one session one step: a waiting one its prefill while there is room, else a running one its next token.</summary>
    public void AdvanceOne()
    {
        DropCancelled();
        if (_waiting.First is { } first && _running.Count < _maxRunning)
        {
            _waiting.Remove(first);
            Withdraw();
            Interlocked.Increment(ref _runningCount);
            Step(first.Value);
        }
        else if (_running.TryDequeue(out var session))
        {
            Step(session);
        }
    }

    /// <summary>Ends every session with an error.</summary>
    public void Abort(Exception error)
    {
        foreach (var session in _waiting)
        {
            Withdraw();
            session.Fail(error);
        }

        _waiting.Clear();
        while (_running.TryDequeue(out var session))
        {
            session.Fail(error);
            Leave(session.KvBytes);
        }
    }

    private void DropCancelled()
    {
        for (var node = _waiting.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.IsCancelled)
            {
                _waiting.Remove(node);
                Withdraw();
                node.Value.Cancel();
            }

            node = next;
        }
    }

    private void Step(GenerationSession session)
    {
        var before = session.KvBytes;
        var more = session.Advance();
        Interlocked.Add(ref _kvBytes, session.KvBytes - before);
        if (more)
        {
            _running.Enqueue(session);
        }
        else
        {
            Leave(session.KvBytes);
        }
    }

    private void Leave(long bytes)
    {
        Interlocked.Decrement(ref _runningCount);
        Interlocked.Add(ref _kvBytes, -bytes);
    }
}
