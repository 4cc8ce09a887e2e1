namespace Fovea.Faults.Proxies;

/// <summary>Holds the faults in force and wakes who waits for others; safe for any number of threads.</summary>
internal sealed class FaultSwitch
{
    private readonly Lock _gate = new();
    private ProxyFaults _faults = ProxyFaults.None;
    private TaskCompletionSource _changed = New();

    /// <summary>Gets or sets the faults in force.</summary>
    public ProxyFaults Faults
    {
        get
        {
            lock (_gate)
            {
                return _faults;
            }
        }

        set
        {
            TaskCompletionSource changed;
            lock (_gate)
            {
                _faults = value;
                changed = _changed;
                _changed = New();
            }

            changed.SetResult();
        }
    }

    /// <summary>Completes as soon as the direction is no hole.</summary>
    public async Task WaitForPassageAsync(Func<ProxyFaults, DirectionFault> direction, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (!direction(_faults).IsHole)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
