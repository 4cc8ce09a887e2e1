namespace Fovea.Scheduler.Tests.Infrastructure;

/// <summary>Is a point where the code under test waits until the test lets it go on.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when somebody waits at the gate.</summary>
    public Task Reached => _reached.Task.WaitAsync(Limits.Step);

    /// <summary>Lets everybody go on, now and later.</summary>
    public void Open() => _open.TrySetResult();

    /// <summary>Waits at the gate.</summary>
    public Task PassAsync(CancellationToken cancellationToken)
    {
        _reached.TrySetResult();
        return _open.Task.WaitAsync(cancellationToken);
    }
}
