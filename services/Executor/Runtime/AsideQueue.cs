namespace Fovea.Executor.Runtime;

/// <summary>Lets work that serves no request run beside the sessions: in every pause, and in one of so many turns while there is none.</summary>
/// <remarks>Belongs to the inference thread.</remarks>
internal sealed class AsideQueue
{
    private readonly Queue<AsideStep> _steps = new();
    private readonly int _interval;
    private int _turns;

    /// <summary>Gives way to at most <paramref name="interval"/> steps of sessions.</summary>
    public AsideQueue(int interval)
    {
        _interval = interval;
    }

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => _steps.Count == 0;

    /// <summary>Queues a step.</summary>
    public void Add(AsideStep step) => _steps.Enqueue(step);

    /// <summary>Takes the next step if this turn is for one; null leaves the turn to the sessions.</summary>
    /// <param name="idle">Whether no session has anything to do.</param>
    public AsideStep? TakeTurn(bool idle)
    {
        if (IsEmpty || (!idle && ++_turns <= _interval))
        {
            return null;
        }

        _turns = 0;
        return _steps.Dequeue();
    }

    /// <summary>Ends every waiting step with an error.</summary>
    public void Abort(Exception error)
    {
        while (_steps.TryDequeue(out var step))
        {
            step.Fail(error);
        }
    }
}
