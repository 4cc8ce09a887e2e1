using Fovea.Contracts.V1;

namespace Fovea.Executor.Planning;

/// <summary>Says when the load is reported: at <see cref="PlanningOptions.LoadInterval"/>, and sooner while a canary runs.</summary>
/// <remarks>Owned by one loop; not safe for concurrent use.</remarks>
internal sealed class LoadBeat
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _idle;
    private long _last;

    /// <summary>Starts as if a report had just been sent.</summary>
    public LoadBeat(PlanningOptions options, TimeProvider time)
    {
        _time = time;
        Interval = options.CanaryInterval < options.LoadInterval ? options.CanaryInterval : options.LoadInterval;
        _idle = options.LoadInterval - (Interval / 2); // a tick that comes a moment early must not cost a whole one
        _last = time.GetTimestamp();
    }

    /// <summary>Time between two questions.</summary>
    public TimeSpan Interval { get; }

    /// <summary>Whether this report is to be sent; it counts as sent then.</summary>
    public bool IsDue(LoadReport report)
    {
        if (report.Arms.Count == 0 && _time.GetElapsedTime(_last) < _idle)
        {
            return false;
        }

        _last = _time.GetTimestamp();
        return true;
    }
}
