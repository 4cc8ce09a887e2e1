namespace Grpc.AspNetCore.Server;

/// <summary>Decides who may write to a response: one writer at a time, and after the end nobody; the end waits for a running write.</summary>
internal sealed class ServerCallGate
{
    private readonly Lock _lock = new();
    private bool _writing;
    private bool _ended;
    private TaskCompletionSource? _idle;

    /// <summary>Claims the response for one write.</summary>
    /// <returns>False when the call has ended.</returns>
    /// <exception cref="InvalidOperationException">Another write is running.</exception>
    public bool TryBeginWrite()
    {
        lock (_lock)
        {
            if (_ended)
            {
                return false;
            }

            if (_writing)
            {
                throw new InvalidOperationException("The previous write is still running.");
            }

            _writing = true;
            return true;
        }
    }

    /// <summary>Gives the response back after a write.</summary>
    public void EndWrite()
    {
        TaskCompletionSource? idle;
        lock (_lock)
        {
            _writing = false;
            idle = _idle;
        }

        idle?.TrySetResult();
    }

    /// <summary>Ends the call; from now on nobody else writes.</summary>
    /// <param name="idle">Completes when the write that is running, if any, has returned.</param>
    /// <returns>False when the call had ended before.</returns>
    public bool TryEnd(out Task idle)
    {
        lock (_lock)
        {
            idle = Task.CompletedTask;
            if (_ended)
            {
                return false;
            }

            _ended = true;
            if (_writing)
            {
                _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                idle = _idle.Task;
            }

            return true;
        }
    }
}
