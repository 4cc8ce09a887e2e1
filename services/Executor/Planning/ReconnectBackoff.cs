namespace Fovea.Executor.Planning;

/// <summary>Gives the waits between attempts to reconnect: one fast attempt, then growing waits with 20 % jitter.</summary>
/// <remarks>Owned by one loop; not safe for concurrent use.</remarks>
internal sealed class ReconnectBackoff
{
    private const double Growth = 1.6;
    private const double Jitter = 0.2;

    private readonly PlanningOptions _options;
    private readonly Random _random;
    private int _failures;

    /// <summary>Starts with no failed attempt.</summary>
    public ReconnectBackoff(PlanningOptions options, Random random)
    {
        _options = options;
        _random = random;
    }

    /// <summary>Forgets earlier failures, because the peer answered.</summary>
    public void Reset() => _failures = 0;

    /// <summary>Counts one failure and gives the wait before the next attempt.</summary>
    /// <param name="refused">Whether the peer refused for good, so that only slow attempts make sense.</param>
    public TimeSpan Next(bool refused)
    {
        var failure = _failures++;
        if (refused)
        {
            return Spread(_options.ReconnectRefused);
        }

        if (failure == 0)
        {
            return Spread(_options.ReconnectFirst);
        }

        // Capped in double seconds: the power overflows a TimeSpan long before it overflows a double.
        var seconds = _options.ReconnectBase.TotalSeconds * Math.Pow(Growth, failure - 1);
        return Spread(TimeSpan.FromSeconds(Math.Min(seconds, _options.ReconnectMax.TotalSeconds)));
    }

    /// <summary>Returns a time up to this share longer or shorter.</summary>
    public TimeSpan Spread(TimeSpan time, double share) => time * (1 - share + (2 * share * _random.NextDouble()));

    private TimeSpan Spread(TimeSpan wait) => Spread(wait, Jitter);
}
