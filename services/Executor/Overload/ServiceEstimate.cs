namespace Fovea.Executor.Overload;

/// <summary>Estimates from the requests served lately how long one holds its place, and so how long others wait.</summary>
/// <remarks>
/// A moving mean, and a moving mean of the distance from it, in which each new request weighs one part in eight. What is to be
/// done by a deadline needs the mean and twice the distance: at the mean alone about half of what is begun would come late.
/// Safe for any number of threads.
/// </remarks>
internal sealed class ServiceEstimate
{
    private const double Weight = 1.0 / 8;
    private const double Margin = 2;

    private readonly Lock _gate = new();
    private double? _seconds;
    private double _distance;

    /// <summary>Time that a request holds its place; null before one was served.</summary>
    public TimeSpan? Service
    {
        get
        {
            lock (_gate)
            {
                return _seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
            }
        }
    }

    /// <summary>Time within which nearly every request is served; null before one was.</summary>
    public TimeSpan? Bound
    {
        get
        {
            lock (_gate)
            {
                return _seconds is { } seconds ? TimeSpan.FromSeconds(seconds + (Margin * _distance)) : null;
            }
        }
    }

    /// <summary>Takes in a request that was served to its end.</summary>
    public void Record(TimeSpan service)
    {
        lock (_gate)
        {
            if (_seconds is not { } mean)
            {
                _seconds = service.TotalSeconds;
                return;
            }

            var off = service.TotalSeconds - mean;
            _seconds = mean + (Weight * off);
            _distance += Weight * (Math.Abs(off) - _distance);
        }
    }

    /// <summary>Gives the wait of a request while all places are taken; null before one was served.</summary>
    /// <param name="ahead">Requests that wait before it.</param>
    /// <param name="places">Places.</param>
    public TimeSpan? Wait(int ahead, int places) => Service * ((ahead + 1.0) / places);
}
