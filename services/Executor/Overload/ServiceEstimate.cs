namespace Fovea.Executor.Overload;

/// <summary>Estimates from the requests served lately how long one holds its place, and so how long others wait.</summary>
/// <remarks>A moving mean in which each new request weighs one part in eight. Safe for any number of threads.</remarks>
internal sealed class ServiceEstimate
{
    private const double Weight = 1.0 / 8;

    private readonly Lock _gate = new();
    private double? _seconds;

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

    /// <summary>Takes in a request that was served to its end.</summary>
    public void Record(TimeSpan service)
    {
        lock (_gate)
        {
            _seconds = _seconds is { } mean ? mean + (Weight * (service.TotalSeconds - mean)) : service.TotalSeconds;
        }
    }

    /// <summary>Gives the wait of a request while all places are taken; null before one was served.</summary>
    /// <param name="ahead">Requests that wait before it.</param>
    /// <param name="places">Places.</param>
    public TimeSpan? Wait(int ahead, int places) => Service * ((ahead + 1.0) / places);
}
